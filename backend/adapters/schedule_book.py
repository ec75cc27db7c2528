"""Schedules as a person sees them: how each stands now, when it is next due, whose it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from backend.runs.journal import Journal
from backend.schedule.schedule import Schedule
from backend.schedule.scheduler import coming
from backend.schedule.store import ScheduleStore
from backend.schedule.trigger import Once
from backend.store.automations import AutomationStore
from engine.errors import LoopiError

SHOWN = 5
State: TypeAlias = Literal["on", "off", "running", "waitingForUnlock", "over"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A schedule, how it stands, and its next times in UTC. `name` is None when its automation is gone."""

    schedule: Schedule
    state: State
    next: tuple[datetime, ...]
    name: str | None


@dataclass(frozen=True, slots=True)
class ScheduleBook:
    """Reads only. `here` are the ids of the runs that go on in this process."""

    store: ScheduleStore
    automations: AutomationStore
    journal: Journal
    here: Collection[str] = ()

    def all(self) -> list[Standing]:
        """In the order they were made."""
        return self._standings(self.store.all())

    def one(self, schedule_id: str) -> Standing:
        """Raises ScheduleError `schedule.missing`."""
        return self._standings([self.store.get(schedule_id)])[0]

    def waiting(self) -> set[str]:
        """The ids of those of which a run waits for the vault."""
        return {tick.schedule.id for tick in self.store.pending() if tick.state == "waitingForUnlock"}

    def _standings(self, schedules: list[Schedule]) -> list[Standing]:
        now = datetime.now(UTC)
        going = self.journal.catalog.going(active=self.here) if schedules else []
        running = {run_id.rpartition("-")[0] for run_id in going}
        times, waiting = coming(schedules, now=now, count=SHOWN), self.waiting()
        return [
            Standing(
                each,
                _state(each, now, is_running=each.id in running, is_waiting=each.id in waiting),
                tuple(times.get(each.id, ())),
                self._name(each.automation_id),
            )
            for each in schedules
        ]

    def _name(self, automation_id: str) -> str | None:
        try:
            return self.automations.find(automation_id).name
        except LoopiError:
            return None


def _state(schedule: Schedule, now: datetime, *, is_running: bool, is_waiting: bool) -> State:
    if is_running:
        return "running"
    if is_waiting:
        return "waitingForUnlock"
    if isinstance(schedule.trigger, Once) and schedule.trigger.at <= now:
        return "over"
    return "on" if schedule.is_enabled else "off"
