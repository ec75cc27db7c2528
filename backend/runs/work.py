"""One run from its start to its end: what it needs, put together, and driven in the calling thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from backend.runs.active import ActiveRun, Last, RunOptions
from backend.runs.doubt import Doubt, Doubts
from backend.runs.journal import Journal
from backend.runs.nowhere import Nothing, Nowhere
from backend.runs.recorder import Recorder
from backend.runs.rehearsal import rehearsed
from backend.runs.runner import Control, LocalRunner
from engine.errors import LoopiError
from engine.events import RunFinished
from engine.executor import Executor
from engine.http.client import HttpClient
from engine.interpreter import interpret
from engine.model import Automation
from engine.past import Past
from engine.ports import Clock, Credential, Settings
from engine.rate_limit import RateLimits
from engine.redact import Redactor
from engine.steps.action import RunResources


@dataclass(frozen=True, slots=True)
class Work:
    """`past` is what the run has done before it was interrupted; `doubts` and `answers` are by path."""

    run: ActiveRun
    control: Control
    journal: Journal
    automation: Automation
    options: RunOptions
    credentials: Mapping[str, Credential | None]
    redactor: Redactor
    past: Past
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    answers: Mapping[str, bool] = field(default_factory=dict)

    def drive(self, settings: Settings, clock: Clock, limits: RateLimits) -> RunFinished | None:
        """Carry it out; return its last fact, or None when it ended without one. Raises LoopiError."""
        last = Last()
        recorder = Recorder(
            self.run.run_id,
            clock,
            self.redactor,
            self.journal.write,
            sinks=(*self.options.sinks, last),
            next_seq=self.past.next_seq,
        )
        if self.past.was_cancelled:
            recorder.record("", RunFinished("cancelled"))
            return last.finished
        try:
            self._carry_out(recorder, settings, clock, limits)
        except LoopiError as error:
            if error.code != "run.diverged":
                raise
            recorder.record("", RunFinished("failed", error.to_json()))
        return last.finished

    def _carry_out(self, recorder: Recorder, settings: Settings, clock: Clock, limits: RateLimits) -> None:
        run = interpret(self.automation, self.options.variables, start=self.options.start)
        rehearsal = self.options.rehearsal
        if rehearsal:
            resources = RunResources(cast("HttpClient", Nowhere()), settings, clock, self.redactor)
            self._runner(recorder, resources).drive(rehearsed(run, rehearsal))
            return
        with HttpClient(settings) as http:
            resources = RunResources(
                http, settings, clock, self.redactor, limits=limits, max_wait_s=self.options.max_wait_s
            )
            self._runner(recorder, resources).drive(run)

    def _runner(self, recorder: Recorder, resources: RunResources) -> LocalRunner:
        run_id = self.run.run_id
        intents = Nothing() if self.options.rehearsal else _Intents(self.journal, run_id)
        executor = Executor(run_id, resources, self.credentials, intents)
        doubts = Doubts(run_id, self.journal, executor, self.doubts, self.answers)
        return LocalRunner(executor, recorder, self.control, past=self.past, doubts=doubts)


@dataclass(frozen=True, slots=True)
class _Intents:
    journal: Journal
    run_id: str

    def intend(self, path: str, attempt: int) -> None:
        self.journal.intend(self.run_id, path, attempt)

    def withdraw(self, path: str, attempt: int) -> None:
        self.journal.withdraw(self.run_id, path, attempt)
