"""A run that sends nothing: what it asks of the world is answered from a record, or with placeholders."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, cast

from backend.runs.nowhere import NOT_SENT
from backend.runs.recording import Places, Recording
from engine.effects import Answer, Effect, Note, Parallel, Run, Sleep, StepCall, StepResult
from engine.events import AnswerTaken, Rehearsal, RunRehearsed, RunStarted, StepFinished, StepStarted
from engine.halt import Halt
from engine.template.unsent import MARK, UnsentOutput

Steer: TypeAlias = Callable[[Effect], Run]


class Steering(Protocol):
    """How a rehearsal answers. `reads_credentials`: it fills in requests."""

    kind: Rehearsal
    reads_credentials: bool

    @property
    def of_run(self) -> str:
        """The run whose answers are used, or nothing."""
        ...

    def steer(self, effect: Effect) -> Run:
        """Answer an effect, by effects of its own where that needs the world."""
        ...


def rehearsed(run: Run, steering: Steering) -> Run:
    """The run as it goes when `steering` stands between it and the world."""
    return steered(run, lambda effect: _marked(effect, steering))


def steered(run: Run, steer: Steer) -> Run:
    """Each effect is answered by `steer`; so are those of branches that run side by side."""
    answer: Answer = None
    thrown: Halt | None = None
    while True:
        try:
            effect = run.throw(thrown) if thrown else run.send(answer)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]  # a Run returns Json
        answer, thrown = None, None
        if isinstance(effect, Parallel):
            effect = Parallel(effect.path, _branches(effect, steer), effect.limit)
        try:
            answer = yield from steer(effect)
        except Halt as halt:
            thrown = halt


def _branches(group: Parallel, steer: Steer) -> Iterator[Run]:
    return (steered(branch, steer) for branch in group.branches)


def _marked(effect: Effect, steering: Steering) -> Run:
    answer = yield from steering.steer(effect)
    if isinstance(effect, Note) and isinstance(effect.fact, RunStarted):
        yield Note("", RunRehearsed(steering.kind, steering.of_run))
    return answer


@dataclass(slots=True)
class DryRun:
    """Everything is resolved and no request leaves. `recording` is the last run, when there was one."""

    recording: Recording | None
    places: Places = field(default_factory=Places)
    kind: Rehearsal = "dry"
    reads_credentials: bool = True

    @property
    def of_run(self) -> str:
        """As in Steering."""
        return self.recording.run_id if self.recording else ""

    def steer(self, effect: Effect) -> Run:
        """Waits take no time, and a request that was made and not sent is answered."""
        match effect:
            case Sleep():
                return None
            case Note(path=path, fact=StepStarted(step_id=step_id)):
                self.places.enter(path, step_id)
            case StepCall():
                return (yield from self._call(effect))
            case _:
                pass
        answer = yield effect
        if isinstance(effect, Note) and isinstance(effect.fact, StepFinished):
            self.places.leave(effect.path)
        return cast("None", answer)

    def _call(self, call: StepCall) -> Run:
        result = cast("StepResult", (yield call))
        failure = result.failure
        # What is made of a placeholder may be no request at all: an id, say, has another form.
        if failure is None or (failure.code != NOT_SENT and MARK not in str(call.params)):
            return cast("None", result)
        name = self.places.name(call.path)
        found = self.recording.likely(name, call.step) if self.recording else None
        yield Note(call.path, AnswerTaken(self.of_run if found else ""))
        left = found.output if found else UnsentOutput(call.step.id)
        return cast("None", StepResult("ok", left))
