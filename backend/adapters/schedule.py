"""Gives the scheduler the program: starts the runs of its ticks, and writes down what was not run."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from backend.adapters.vault import KEY_TROUBLE
from backend.runs.active import RunOptions
from backend.runs.journal import Journal
from backend.runs.recorder import Sink
from backend.runs.service import RunService
from backend.schedule import network
from backend.schedule.due import Missed
from backend.schedule.schedule import Schedule
from backend.schedule.scheduler import Reason, Start
from backend.schedule.store import Tick
from backend.store.automations import AutomationStore
from engine.errors import LoopiError
from engine.model import Automation, located
from engine.steps.action import Action
from engine.steps.registry import STEPS

MISSED = "schedule.missed"
PATIENCE_S = 10.0


@dataclass(frozen=True)
class ScheduledRuns:
    """`backend.schedule.scheduler.Runs` over the program.

    `is_locked` says that a person locked the vault: then no key may open it. `heard` makes the listeners of a
    run that is started.
    """

    automations: AutomationStore
    parse: Callable[[object], Automation]
    runs: RunService
    journal: Callable[[], Journal]
    is_locked: Callable[[], bool] = lambda: False
    heard: Callable[[Schedule], tuple[Sink, ...]] = lambda _schedule: ()

    def start(self, tick: Tick) -> Start:
        """Raises LoopiError: the history says then why there was no run."""
        if self.has_begun(tick.run_id):
            return "known"
        try:
            automation = self.parse(self.automations.get(tick.schedule.automation_id))
            if _needs_vault(automation) and self.is_locked():
                return "locked"
            begun = threading.Event()
            sinks = (lambda _event: begun.set(), *self.heard(tick.schedule))
            self.runs.start(automation, RunOptions(sinks=sinks, run_id=tick.run_id))
            # The history has the run before anybody hears of it: a kill from here on loses no tick.
            begun.wait(PATIENCE_S)
        except LoopiError as error:
            if error.code in KEY_TROUBLE:
                return "locked"
            self._note(tick.schedule, tick.run_id, tick.at, error)
            raise
        return "started"

    def is_running(self, schedule: Schedule) -> bool:
        """Also one that another process started: the history knows who lives."""
        here = {run.run_id for run in self.runs.active()}
        if any(_is_of(schedule, run_id) for run_id in here):
            return True
        catalog = self.journal().catalog
        return any(_is_of(schedule, run_id) for run_id in catalog.going(active=here))

    def has_begun(self, run_id: str) -> bool:
        return self.journal().catalog.knows(run_id)

    def posts(self, schedule: Schedule) -> bool:
        """Whether a step does what cannot be undone. What cannot be read is taken for one that does."""
        try:
            return posts(self.parse(self.automations.get(schedule.automation_id)))
        except LoopiError:
            return True

    def tell_missed(self, schedule: Schedule, missed: Missed, reason: Reason) -> None:
        error = LoopiError(MISSED, _words(missed, reason))
        self._note(schedule, f"{schedule.run_id(missed.last)}-missed", missed.last, error)

    def has_network(self) -> bool:
        return network.has_network()

    def _note(self, schedule: Schedule, run_id: str, at: datetime, error: LoopiError) -> None:
        outcome = "missed" if error.code == MISSED else "failed"
        subject = (schedule.automation_id, self._name(schedule))
        self.journal().catalog.note(run_id, subject, at.timestamp(), error.to_json(), outcome=outcome)

    def _name(self, schedule: Schedule) -> str:
        try:
            return self.automations.find(schedule.automation_id).name
        except LoopiError:
            return schedule.automation_id


def posts(automation: Automation) -> bool:
    """Whether one of its steps is to be done once and no more."""
    return any(_is_once(step.type, step.params) for _, step in located(automation.steps, only_enabled=True))


def _is_once(step_type: str, params: Mapping[str, object]) -> bool:
    kind = STEPS[step_type]
    return isinstance(kind, Action) and kind.classify(params) == "once"


def _needs_vault(automation: Automation) -> bool:
    return any(step.credential for _, step in located(automation.steps, only_enabled=True))


def _is_of(schedule: Schedule, run_id: str) -> bool:
    return run_id.startswith(f"{schedule.id}-")


def _words(missed: Missed, reason: Reason) -> str:
    times = f"{missed.count}{'+' if missed.is_more else ''} times from" if missed.count > 1 else "at"
    until = f" to {missed.last:%Y-%m-%d %H:%M}" if missed.count > 1 else ""
    return f"Missed {times} {missed.first:%Y-%m-%d %H:%M}{until} UTC: {_because(reason)}."


def _because(reason: Reason) -> str:
    match reason:
        case "asleep":
            return "Loopi was not running, or the computer slept"
        case "locked":
            return "the vault stayed locked for longer than a late start is allowed"
        case "overlap":
            return "the run before was not over"
        case "waited":
            return "it could not be started for longer than a late start is allowed"
    assert_never(reason)
