"""A run of this process, as the others see it: what it is of, how to stop it, how to wait for it."""

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from backend.runs.breakpoints import Mode
from backend.runs.recorder import Sink
from backend.runs.rehearsal import Steering
from backend.runs.runner import Control
from engine.events import Event, RunFinished
from engine.interpreter import FROM_THE_FIRST, Start
from engine.model import Json


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What one run does differently: first values, credentials by step id, seconds it may take, listeners.

    `max_wait_s` is how long it waits for a limit of a service, whatever its steps and the settings say.
    `start` is the step it begins at, in place of the first.
    `rehearsal` answers in place of the world: then nothing is sent.
    `breakpoints` are the ids of steps that the run waits before.
    `run_id` is given by who must know it beforehand; the history refuses one that it has already.
    """

    variables: Mapping[str, Json] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float | None = None
    sinks: Sequence[Sink] = ()
    max_wait_s: float | None = None
    start: Start = FROM_THE_FIRST
    rehearsal: Steering | None = None
    breakpoints: Collection[str] = ()
    run_id: str | None = None


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

    def go_on(self, mode: Mode) -> bool:
        """Let a run that is paused go on. False when it is not paused."""
        return self._control.breakpoints.go_on(mode)

    def wait(self, timeout_s: float | None = None) -> RunFinished | None:
        """Return when the run is over, or after `timeout_s` seconds."""
        self._done.wait(timeout_s)
        return self._finished

    def finish(self, finished: RunFinished) -> None:
        """Called by the run's own thread, once."""
        self._finished = finished
        self._done.set()


@dataclass(slots=True)
class Last:
    """The sink that remembers how a run ended."""

    finished: RunFinished | None = None

    def __call__(self, event: Event) -> None:
        if isinstance(event.fact, RunFinished):
            self.finished = event.fact
