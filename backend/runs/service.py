"""Starts runs, one thread each, and lets the others wait for them, watch them and stop them."""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from backend.logs import LOG_REDACTOR
from backend.runs.journal import Journal
from backend.runs.recorder import Recorder, Sink
from backend.runs.runner import Control, LocalRunner
from engine.errors import LoopiError
from engine.events import Event, RunFinished
from engine.executor import Executor, snapshot
from engine.http.client import HttpClient
from engine.interpreter import interpret
from engine.model import Automation, Json, walk
from engine.ports import Clock, Credential, Credentials, Settings
from engine.redact import Redactor
from engine.steps.action import RunResources

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What one run does differently: first values, credentials by step id, seconds it may take, listeners."""

    variables: Mapping[str, Json] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float | None = None
    sinks: Sequence[Sink] = ()


@dataclass(frozen=True, slots=True)
class RunSubject:
    """What a run runs: started at Unix time in seconds, with the credentials of these ids."""

    run_id: str
    automation_id: str
    name: str
    started_at: float
    credential_ids: frozenset[str]


class ActiveRun:
    """A run that was started. `wait` returns its last event's fact, or None when it is not over yet."""

    def __init__(self, subject: RunSubject, control: Control) -> None:
        self.run_id = subject.run_id
        self.subject = subject
        self._control = control
        self._done = threading.Event()
        self._finished: RunFinished | None = None

    def cancel(self) -> None:
        """Ask the run to end; it does within a second."""
        self._control.cancelled.set()

    def wait(self, timeout_s: float | None = None) -> RunFinished | None:
        """Return when the run is over, or after `timeout_s` seconds."""
        self._done.wait(timeout_s)
        return self._finished

    def finish(self, finished: RunFinished) -> None:
        """Called by the run's own thread, once."""
        self._finished = finished
        self._done.set()


class RunService:
    """All runs of this process."""

    def __init__(
        self,
        journal: Callable[[], Journal],
        credentials: Credentials,
        *,
        settings: Callable[[], Settings],
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._credentials = credentials
        self._settings = settings
        self._clock = clock
        self._active: dict[str, ActiveRun] = {}

    def active(self) -> tuple[ActiveRun, ...]:
        """The runs that go on now, the oldest first."""
        return tuple(self._active.copy().values())

    def find(self, run_id: str) -> ActiveRun | None:
        """The run of this id while it goes on."""
        return self._active.get(run_id)

    def start(self, automation: Automation, options: RunOptions | None = None) -> ActiveRun:
        """Begin a run in a thread of its own. The credentials it uses are those of this moment.

        Raises what opening the vault raises, and LoopiError `run.no_such_step` or `history.unusable`.
        """
        options = options or RunOptions()
        _check_steps(automation, options.credentials)
        found = snapshot(automation, self._credentials, options.credentials)
        deadline = None if options.timeout_s is None else self._clock.monotonic() + options.timeout_s
        control = Control(self._clock, deadline)
        run = ActiveRun(_subject(automation, found, started_at=self._clock.now()), control)
        started = _Started(run, control, self._journal(), _redactor(found), found)
        self._active[run.run_id] = run
        thread = threading.Thread(
            target=self._run, args=(started, automation, options), name=f"run-{run.run_id[:8]}"
        )
        thread.start()
        return run

    def _run(self, started: "_Started", automation: Automation, options: RunOptions) -> None:
        last = _Last()
        journal, run_id = started.journal, started.run.run_id
        recorder = Recorder(
            run_id, self._clock, started.redactor, journal.write, sinks=(*options.sinks, last)
        )
        # What a fault says is logged too: the secrets are looked for until the last word is written.
        with LOG_REDACTOR.holding(started.redactor):
            try:
                with self._resources(started.redactor) as resources:
                    executor = Executor(run_id, resources, started.credentials, _Intents(journal, run_id))
                    runner = LocalRunner(executor, recorder, started.control)
                    runner.drive(interpret(automation, options.variables))
            except LoopiError as error:
                last.finished = RunFinished("failed", error.to_json())
            except Exception:
                # The one place in a run where anything may be caught: its thread must end with an outcome.
                _log.exception("A run ended unexpectedly.")
                last.finished = RunFinished("failed", _INTERNAL.to_json())
            finally:
                self._active.pop(run_id, None)
                started.run.finish(last.finished or RunFinished("failed", _INTERNAL.to_json()))

    @contextmanager
    def _resources(self, redactor: Redactor) -> Iterator[RunResources]:
        settings = self._settings()
        with HttpClient(settings) as http:
            yield RunResources(http, settings, self._clock, redactor)


@dataclass(frozen=True, slots=True)
class _Started:
    run: ActiveRun
    control: Control
    journal: Journal
    redactor: Redactor
    credentials: Mapping[str, Credential | None]


@dataclass(frozen=True, slots=True)
class _Intents:
    journal: Journal
    run_id: str

    def intend(self, path: str, attempt: int) -> None:
        self.journal.intend(self.run_id, path, attempt)


@dataclass(slots=True)
class _Last:
    """The sink that remembers how a run ended."""

    finished: RunFinished | None = None

    def __call__(self, event: Event) -> None:
        if isinstance(event.fact, RunFinished):
            self.finished = event.fact


_INTERNAL = LoopiError(
    "internal",
    "The run ended because of a fault in Loopi.",
    hint="The log file has the details, without secrets. Please report it.",
)


def _subject(
    automation: Automation, found: Mapping[str, Credential | None], *, started_at: float
) -> RunSubject:
    credential_ids = frozenset(credential.id for credential in found.values() if credential)
    return RunSubject(uuid.uuid4().hex, automation.id, automation.name, started_at, credential_ids)


def _redactor(credentials: Mapping[str, Credential | None]) -> Redactor:
    used = [credential for credential in credentials.values() if credential]
    secrets = [secret for credential in used for secret in credential.secrets()]
    return Redactor(secrets, pairs=[pair for credential in used for pair in credential.pairs()])


def _check_steps(automation: Automation, chosen: Mapping[str, str]) -> None:
    known = {step.id for step in walk(automation.steps)}
    for step_id in sorted(set(chosen) - known):
        raise LoopiError(
            "run.no_such_step",
            f"There is no step {step_id}.",
            hint=f"The steps are: {', '.join(sorted(known))}.",
        )
