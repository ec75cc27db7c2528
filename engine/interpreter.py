"""The heart: walks an automation and yields what is to be done. Knows no I/O, clock, randomness or secrets.

Whoever drives it carries out the effects and sends the answers back, so a recorded list of answers takes
the same way again. Blocks are kept on a stack of our own: neither nesting nor the number of rounds meets
Python's recursion limit.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from engine.chance import settled
from engine.effects import Answer, Effect, Failure, Note, Run, Sleep, StepCall, StepResult
from engine.errors import LoopiError
from engine.events import RunFinished, RunStarted, StepFinished, StepOutcome, StepStarted
from engine.halt import Halt, Interrupted, StepFailed, Stopped
from engine.model import Automation, Json, Program, Step
from engine.place import block_at
from engine.retry import JITTER, delay_s, may_repeat, retrying
from engine.steps.action import Action
from engine.steps.flow import Enter, Flow, FlowContext
from engine.steps.params import resolved
from engine.steps.registry import STEPS
from engine.variables import Scope

Frame: TypeAlias = Generator[Effect | Enter, Answer, Json]
Notes: TypeAlias = Generator[Effect, Answer, None]
Outputs: TypeAlias = Generator[Effect | Enter, Answer, Mapping[str, Json]]


@dataclass(frozen=True, slots=True)
class Start:
    """A step to begin at, and what the steps before it have left, by their ids.

    `index` counts in its block, and `within` is that block's path (engine/place.py), empty for the first
    level. `count` is how many steps are run; None for all of the block that follow.
    """

    index: int = 0
    outputs: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    count: int | None = None
    within: str = ""


FROM_THE_FIRST = Start()


def interpret(automation: Automation, variables: Mapping[str, Json], *, start: Start = FROM_THE_FIRST) -> Run:
    """Run an automation with `variables` over its own first values. RunFinished is its last note.

    Throw `halt.Interrupted` into it once, instead of an answer, to end it early: what it was yielding then
    counts as not done, and it still yields the notes that close what was open.
    """
    values = {**automation.variables, **variables}
    try:
        yield from _surely(
            Note("", RunStarted(automation.id, automation.name, automation.content_hash, values))
        )
        scope = Scope(values, program=Program(automation.called))
        for step_id, output in start.outputs.items():
            scope.leave(step_id, output)
        end = None if start.count is None else start.index + start.count
        steps = block_at(automation, start.within)[start.index : end]
        yield from _branch(Enter(steps, start.within, scope, start.index))
        finished = RunFinished("succeeded")
    except Halt as halt:
        finished = _finished(halt)
    try:
        yield Note("", finished)
    except Interrupted:
        yield Note("", finished)
    return None


def _surely(note: Note) -> Notes:
    """A note that must be taken even when an interruption comes in its place; the interruption goes on."""
    try:
        yield note
    except Interrupted:
        yield note
        raise


def _finished(halt: Halt) -> RunFinished:
    if isinstance(halt, StepFailed):
        return RunFinished("failed", {**halt.failure.to_json(), "path": halt.path})
    if isinstance(halt, Stopped):
        message = halt.message or "A stop step ended the run."
        error = {"code": "run.stopped", "message": message, "hint": "", "path": halt.path}
        return RunFinished(halt.outcome, error if halt.outcome == "failed" else None)
    failure = halt.failure if isinstance(halt, Interrupted) else None
    return RunFinished("failed", failure.to_json()) if failure else RunFinished("cancelled")


def _branch(start: Enter) -> Run:
    """Drive a block and everything it enters with one flat stack."""
    stack: list[Frame] = [_block(start)]
    answer: Answer = None
    thrown: Halt | None = None
    while stack:
        try:
            wanted = stack[-1].throw(thrown) if thrown else stack[-1].send(answer)
        except StopIteration as stop:
            stack.pop()
            answer, thrown = stop.value, None
            continue
        except Halt as halt:
            stack.pop()
            thrown = halt
            continue
        answer, thrown = None, None
        if isinstance(wanted, Enter):
            stack.append(_block(wanted))
            continue
        try:
            answer = yield wanted
        except Halt as halt:
            thrown = halt
    if thrown:
        raise thrown
    return cast("Json", answer)


def _block(enter: Enter) -> Frame:
    left: Json = None
    for index, step in enumerate(enter.steps, enter.first):
        path = f"{enter.path}{index}"
        if step.is_disabled:
            yield Note(path, StepFinished(step.id, "skipped"))
        else:
            left = yield from _step(step, path, enter.scope)
    return left


def _step(step: Step, path: str, scope: Scope) -> Frame:
    yield Note(path, StepStarted(step.id, step.type, step.description))
    try:
        output = yield from _output(step, path, scope)
    except LoopiError as error:
        failure = Failure(error.code, error.message, error.hint)
        failed = StepFailed(failure, path, step_id=step.id, output={})
    except RecursionError:
        # Only data can be this deep: blocks are on a stack of our own, and the parser bounds the fields.
        failure = Failure("step.too_deep", "A value in this step is nested too deeply.", "Take a part of it.")
        failed = StepFailed(failure, path, step_id=step.id, output={})
    except StepFailed as halt:
        failed = halt
    except Halt as halt:
        yield from _surely(Note(path, StepFinished(step.id, _ending(halt))))
        raise
    else:
        return (yield from _succeed(step, path, scope, output))
    return (yield from _fail(step, path, scope, failed))


def _ending(halt: Halt) -> StepOutcome:
    return "cancelled" if isinstance(halt, Interrupted) else "succeeded"


def _output(step: Step, path: str, scope: Scope) -> Outputs:
    kind = STEPS[step.type]
    if isinstance(kind, Flow):
        # A loop asks its conditions anew in each round.
        fields = {} if kind.settles else step.params
        lookup = yield from settled(fields, path, scope)
        return (yield from kind.run(step, FlowContext(path, scope, _branch, lookup)))
    return (yield from _act(kind, step, path, scope))


def _succeed(step: Step, path: str, scope: Scope, output: Mapping[str, Json]) -> Frame:
    scope.leave(step.id, output)
    data = output.get("data")
    if step.store_key:
        scope.set(step.store_key, data)
    yield from _surely(Note(path, StepFinished(step.id, "succeeded", output, step.store_key)))
    return data


def _fail(step: Step, path: str, scope: Scope, failed: StepFailed) -> Frame:
    error = failed.failure.to_json()
    outcome: StepOutcome = "unknown" if failed.is_unknown else "failed"
    own = failed.output if failed.path == path else {}
    yield from _surely(Note(path, StepFinished(step.id, outcome, own, None, error)))
    if step.on_error != "continue":
        raise failed
    scope.leave(step.id, {**own, "error": error})
    return None


def _act(action: Action, step: Step, path: str, scope: Scope) -> Outputs:
    lookup = yield from settled(step.params, path, scope)
    params = resolved(action, step, lookup)
    effect = action.classify(params)
    attempt = 1
    while True:
        call = StepCall(path, step, params, effect, attempt, scope.program.owner)
        result = cast("StepResult", (yield call))
        failure = result.failure
        if failure is None:
            return result.output
        if not may_repeat(step.retry, attempt, effect, failure):
            is_unknown = result.status == "unknown"
            raise StepFailed(failure, path, step_id=step.id, output=result.output, is_unknown=is_unknown)
        wait_s = delay_s(step.retry, attempt)
        yield Note(path, retrying(attempt, failure, wait_s))
        yield Sleep(path, wait_s, failure.retry_at, JITTER)
        attempt += 1
