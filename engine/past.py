"""What a run has done already, so that it can go on: the interpreter is given the recorded answers again.

It takes the same way with them, for it is pure. What it tells on that way stands in the record and is not
told twice. Thread-safe: parallel rounds are replayed side by side.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from engine.effects import Failure, StepResult
from engine.errors import LoopiError
from engine.events import (
    BranchTaken,
    Event,
    Fact,
    LoopEntered,
    RequestSent,
    ResponseReceived,
    RunContinued,
    RunPaused,
    RunStarted,
    StepFinished,
    StepRetrying,
    StepStarted,
    StepWaiting,
    ValuesTaken,
    VariableSet,
)
from engine.model import Json

# Told by what carries the run out, not by the run.
_BESIDE = (RequestSent, ResponseReceived, StepWaiting, RunPaused, RunContinued)
Mark: TypeAlias = tuple[object, ...]
_TELLING: Mapping[type[Fact], tuple[str, ...]] = {
    StepStarted: ("step_id", "step_type"),
    StepFinished: ("step_id", "outcome"),
    StepRetrying: ("attempt",),
    LoopEntered: ("index", "total"),
    BranchTaken: ("branch",),
    VariableSet: ("name",),
}


class Past:
    """The record of a run that has no end. `started` is its first fact; `next_seq` follows its last one."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.started: RunStarted | None = None
        self.next_seq = 0
        self.was_cancelled = False
        self.steps: dict[str, StepStarted] = {}
        self._marks: dict[str, deque[Mark]] = defaultdict(deque)
        self._results: dict[str, list[StepResult]] = defaultdict(list)
        self._values: dict[str, deque[Mapping[str, Json]]] = defaultdict(deque)
        self._left = 0
        self._lock = threading.Lock()
        for event in events:
            self._learn(event)

    @property
    def is_over(self) -> bool:
        """Whether all that is recorded has been taken up."""
        return self._left == 0

    def tried(self, path: str) -> int:
        """How many attempts at the step of this path have a recorded result."""
        return len(self._results.get(path, ()))

    def answer(self, path: str, attempt: int) -> StepResult | None:
        """What came of an attempt (from 1), or None when that is not recorded."""
        results = self._results.get(path, [])
        return results[attempt - 1] if attempt <= len(results) else None

    def values(self, path: str) -> Mapping[str, Json] | None:
        """The values taken at this path, each set handed out once; None when none is left."""
        with self._lock:
            values = self._values.get(path)
            return values.popleft() if values else None

    def holds(self, path: str, fact: Fact) -> bool:
        """Whether the fact is recorded; it is taken up then.

        Raises LoopiError `run.diverged` when another one stands in its place.
        """
        with self._lock:
            marks = self._marks.get(path)
            if not marks:
                # Rounds that run side by side may be ahead of what others have on record; nothing else is.
                if self._left and "loop[" not in path:
                    raise _diverged(path)
                return False
            self._left -= 1
            if marks.popleft() != _mark(fact):
                raise _diverged(path)
            return True

    def _learn(self, event: Event) -> None:
        fact, path = event.fact, event.path
        self.next_seq = event.seq + 1
        if isinstance(fact, _BESIDE):
            return
        self._marks[path].append(_mark(fact))
        self._left += 1
        match fact:
            case RunStarted():
                self.started = fact
            case StepStarted():
                self.steps[path] = fact
            case StepRetrying():
                self._results[path].append(repeated(fact))
            case ValuesTaken(values=values):
                self._values[path].append(values)
            case StepFinished(outcome="cancelled"):
                self.was_cancelled = True
            case StepFinished():
                self._results[path].append(result_of(fact))
            case _:
                pass


def repeated(fact: StepRetrying) -> StepResult:
    """What came of an attempt that was not the last: it was repeated, so it could be."""
    return StepResult("error", {}, replace(_failure(fact.error, retryable=True), retry_at=fact.until))


def result_of(fact: StepFinished) -> StepResult:
    """What the step was answered, as recorded."""
    if fact.error is None:
        return StepResult("ok", fact.output)
    failure = _failure(fact.error, retryable=False)
    return StepResult("unknown" if fact.outcome == "unknown" else "error", fact.output, failure)


def _failure(error: Mapping[str, Json], *, retryable: bool) -> Failure:
    code, message, hint = (str(error.get(key, "")) for key in ("code", "message", "hint"))
    return Failure(code, message, hint, retryable=retryable)


def _mark(fact: Fact) -> Mark:
    """What must be the same when the way is the same. Values may have been redacted since."""
    return (type(fact).__name__, *(vars(fact)[name] for name in _TELLING.get(type(fact), ())))


def _diverged(path: str) -> LoopiError:
    return LoopiError(
        "run.diverged",
        f"The run cannot go on: at {path or 'its start'} it would take another way than the one recorded.",
        hint="This happens after an update of Loopi. Run the automation again, or from a later step.",
    )
