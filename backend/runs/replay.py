"""A replay: the recorded answers of a run drive its automation as it is now, and what differs is told."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import cast

from backend.runs.recording import Places, Recording
from engine.effects import Effect, Failure, Note, Run, Sleep, StepCall, StepResult, Take
from engine.events import (
    AnswerTaken,
    BranchTaken,
    Differed,
    Fact,
    LoopEntered,
    Rehearsal,
    RunFinished,
    StepFinished,
    StepStarted,
    VariableSet,
)
from engine.model import Json

MAX_TOLD = 100
_SHOWN = 200


@dataclass(slots=True)
class Replay:
    """Answers from a recording alone. `differences` counts what went another way than recorded."""

    recording: Recording
    places: Places = field(default_factory=Places)
    differences: int = 0
    first: str = ""
    kind: Rehearsal = "replay"
    reads_credentials: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def of_run(self) -> str:
        """As in Steering."""
        return self.recording.run_id

    def steer(self, effect: Effect) -> Run:
        """Nothing but notes reaches the world, and for what is taken anew: time and chance."""
        match effect:
            case Sleep():
                return None
            case StepCall():
                return (yield from self._call(effect))
            case Take(path=path):
                values = self.recording.values(self.places.name(path))
                return values if values is not None else cast("Json", (yield effect))
            case Note(path=path, fact=fact):
                return (yield from self._note(path, fact))
            case _:
                return cast("Json", (yield effect))

    def _call(self, call: StepCall) -> Run:
        found = self.recording.answer(self.places.name(call.path), call.step, call.attempt)
        if found is not None:
            yield Note(call.path, AnswerTaken(self.of_run))
            return cast("None", found)
        failure = Failure(
            "run.no_answer",
            f"The run has no answer for step {call.step.id}: it did not send this request.",
            "Run the automation, and replay that run.",
        )
        return cast("None", StepResult("error", {}, failure))

    def _note(self, path: str, fact: Fact) -> Run:
        if isinstance(fact, RunFinished):
            yield Note(path, self._verdict(fact))
            return None
        if isinstance(fact, StepStarted):
            self.places.enter(path, fact.step_id)
        for differed in self._differences(path, fact):
            yield Note(path, differed)
        yield Note(path, fact)
        if isinstance(fact, StepFinished):
            self.places.leave(path)
        return None

    def _differences(self, path: str, fact: Fact) -> Iterator[Differed]:
        if type(fact) not in _TOLD or (isinstance(fact, StepFinished) and fact.outcome == "skipped"):
            return
        name = self.places.name(path)
        before = self.recording.take(name, type(fact))
        recorded, now = ("nothing" if before is None else _words(before)), _words(fact)
        if recorded == now or (
            before is None and not isinstance(fact, StepStarted | LoopEntered | BranchTaken)
        ):
            return
        with self._lock:
            self.differences += 1
            self.first = self.first or f"at {name}, the run had {recorded}, and now it is {now}"
            is_told = self.differences <= MAX_TOLD
        if is_told:
            yield Differed(recorded, now)

    def _verdict(self, finished: RunFinished) -> RunFinished:
        """A replay that took another way is no success."""
        before = self.recording.finished
        first = self.first
        if not first and before is not None and before.outcome != finished.outcome:
            first = f"the run {before.outcome}, and now it {finished.outcome}"
        if not first or finished.outcome == "cancelled":
            return finished
        why = f" It ended with: {finished.error.get('message')}" if finished.error else ""
        error: dict[str, Json] = {
            "code": "run.differs",
            "message": f"The automation does not do what it did in that run: {first}.{why}",
            "hint": "Where that is meant, nothing is wrong.",
        }
        return replace(finished, outcome="failed", error=error)


_TOLD = {StepStarted, StepFinished, BranchTaken, LoopEntered, VariableSet}


def _words(fact: Fact) -> str:
    """What is compared, and told: short, and without what is different at each run."""
    match fact:
        case StepStarted():
            return f"a step of type {fact.step_type}"
        case StepFinished(error=error):
            code = f" ({error.get('code')})" if error else ""
            return f"{fact.outcome}{code}"
        case BranchTaken():
            return f"the branch {fact.branch}"
        case LoopEntered(total=total):
            return f"round {fact.index + 1}{'' if total is None else f' of {total}'}"
        case VariableSet():
            text = json.dumps(fact.value, ensure_ascii=False, default=str)
            return f"{fact.name} = {text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}"
        case _:
            return type(fact).__name__
