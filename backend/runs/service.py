"""Starts runs, one thread each, and lets the others wait for them, watch them and stop them."""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Protocol

from backend.logs import LOG_REDACTOR
from backend.runs import resuming
from backend.runs.active import ActiveRun, RunOptions, RunSubject
from backend.runs.breakpoints import Breakpoints
from backend.runs.doubt import Doubt
from backend.runs.journal import Journal
from backend.runs.recorder import Sink
from backend.runs.runner import Control
from backend.runs.stop_watch import StopWatch
from backend.runs.work import Work
from engine.errors import LoopiError
from engine.events import RunFinished
from engine.executor import keyed_steps, snapshot
from engine.interpreter import FROM_THE_FIRST
from engine.linking import Find, linked
from engine.model import Automation, walk
from engine.past import Past
from engine.ports import Clock, Credential, Credentials, Settings
from engine.rate_limit import RateLimits
from engine.redact import Redactor

__all__ = ["ActiveRun", "RunOptions", "RunService"]

_log = logging.getLogger(__name__)


class Listen(Protocol):
    """Makes one more listener for each run, which may know its credentials, read at `taken_at`."""

    def __call__(self, credentials: Mapping[str, Credential | None], *, taken_at: float) -> Sink: ...


class RunService:
    """All runs of this process. `after` is called in the thread of each run that has ended."""

    def __init__(
        self,
        journal: Callable[[], Journal],
        credentials: Credentials,
        *,
        settings: Callable[[], Settings],
        clock: Clock,
        after: Callable[[], object] = lambda: None,
        listen: Listen | None = None,
        find: Find = lambda _reference: None,
    ) -> None:
        self._listen = listen
        self._journal = journal
        self._credentials = credentials
        self._settings = settings
        self._clock = clock
        self._after = after
        self._limits = RateLimits()
        self._find = find
        self._active: dict[str, ActiveRun] = {}
        self._watch = StopWatch(self._to_stop, self._active)
        self._resuming = threading.Lock()

    def active(self) -> tuple[ActiveRun, ...]:
        """The runs that go on now, the oldest first."""
        return tuple(self._active.copy().values())

    def find(self, run_id: str) -> ActiveRun | None:
        """The run of this id while it goes on."""
        return self._active.get(run_id)

    def end_all(self, *, patience_s: float = 1.5) -> None:
        """Cancel every run of this process, and wait that long for them all."""
        active = self.active()
        for run in active:
            run.cancel()
        end = time.monotonic() + patience_s
        for run in active:
            run.wait(max(end - time.monotonic(), 0.0))

    def start(self, automation: Automation, options: RunOptions | None = None) -> ActiveRun:
        """Begin a run in a thread of its own. The credentials it uses are those of this moment.

        Raises what opening the vault raises, InvalidAutomation for what it calls, and LoopiError
        `run.no_such_step` or `history.unusable`.
        """
        options = options or RunOptions()
        automation = linked(automation, self._find)
        _check_steps(automation, (*options.credentials, *options.breakpoints))
        work = self._prepared(options.run_id or uuid.uuid4().hex, automation, options, past=Past(()))
        if options.credentials or options.start != FROM_THE_FIRST or options.rehearsal:
            work.journal.catalog.choose(work.run.run_id, resuming.choices(options))
        return self._begin(work)

    def doubts(self, run_id: str) -> list[Doubt]:
        """What an interrupted run had begun and nobody knows the outcome of.

        Raises LoopiError `history.no_such_run`, `history.unusable`.
        """
        return resuming.doubts(self._journal(), run_id)

    def resume(
        self, run_id: str, automation: Automation, answers: Mapping[str, bool], options: RunOptions
    ) -> ActiveRun:
        """Let an interrupted run go on in a thread of its own, heard by the sinks of `options`.

        What is recorded is not done again; `answers` say by path whether what was begun was done. Raises as
        `start`, and LoopiError `run.is_over`, `run.still_running`, `run.automation_changed`,
        `run.redacted_value`, `run.outcome_unknown`.
        """
        journal, automation = self._journal(), linked(automation, self._find)
        with self._resuming:
            row = journal.catalog.run(run_id, active=self._active)
            resuming.check(row, automation)
            past = Past(journal.events(run_id))
            doubts = resuming.settled(journal.intents(run_id), past, answers)
            variables = resuming.variables(past, automation)
            credentials, begin = resuming.chosen(row)
            own = replace(options, variables=variables, credentials=credentials, start=begin)
            work = self._prepared(run_id, automation, own, past=past)
            if not journal.catalog.claim(run_id):
                raise resuming.still_running()
            return self._begin(replace(work, doubts=doubts, answers=answers))

    def _to_stop(self) -> list[str]:
        return self._journal().catalog.to_stop()

    def _prepared(self, run_id: str, automation: Automation, options: RunOptions, *, past: Past) -> Work:
        taken_at = self._clock.now()
        rehearsal = options.rehearsal
        reads = rehearsal is None or rehearsal.reads_credentials
        found = snapshot(automation, self._credentials, options.credentials) if reads else {}
        if self._listen and not rehearsal:
            # Before the others: who hears of the end may ask at once what became of the credentials.
            options = replace(options, sinks=(self._listen(found, taken_at=taken_at), *options.sinks))
        deadline = None if options.timeout_s is None else self._clock.monotonic() + options.timeout_s
        control = Control(
            self._clock, deadline, breakpoints=Breakpoints(options.breakpoints, self._clock.monotonic)
        )
        ids = frozenset(credential.id for credential in found.values() if credential)
        subject = RunSubject(run_id, automation.id, automation.name, self._clock.now(), ids)
        run = ActiveRun(subject, control)
        return Work(
            run=run,
            control=control,
            journal=self._journal(),
            automation=automation,
            options=options,
            credentials=found,
            redactor=_redactor(found),
            past=past,
        )

    def _begin(self, work: Work) -> ActiveRun:
        run = work.run
        self._active[run.run_id] = run
        self._watch.begin()
        threading.Thread(target=self._run, args=(work,), name=f"run-{run.run_id[:8]}").start()
        return run

    def _run(self, work: Work) -> None:
        finished: RunFinished | None = None
        # What a fault says is logged too: the secrets are looked for until the last word is written.
        with LOG_REDACTOR.holding(work.redactor):
            try:
                finished = work.drive(self._settings(), self._clock, self._limits)
            except LoopiError as error:
                finished = RunFinished("failed", error.to_json())
            except Exception:
                # The one place in a run where anything may be caught: its thread must end with an outcome.
                _log.exception("A run ended unexpectedly.")
            finally:
                self._active.pop(work.run.run_id, None)
                work.run.finish(finished or RunFinished("failed", _INTERNAL.to_json()))
        self._after()


_INTERNAL = LoopiError(
    "internal",
    "The run ended because of a fault in Loopi.",
    hint="The log file has the details, without secrets. Please report it.",
)


def _redactor(credentials: Mapping[str, Credential | None]) -> Redactor:
    used = [credential for credential in credentials.values() if credential]
    secrets = [secret for credential in used for secret in credential.secrets()]
    return Redactor(secrets, pairs=[pair for credential in used for pair in credential.pairs()])


def _check_steps(automation: Automation, chosen: Collection[str]) -> None:
    known = {step.id for step in walk(automation.steps)} | {key for key, _step in keyed_steps(automation)}
    for step_id in sorted(set(chosen) - known):
        raise LoopiError(
            "run.no_such_step",
            f"There is no step {step_id}.",
            hint=f"The steps are: {', '.join(sorted(known))}.",
        )
