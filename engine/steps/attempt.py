"""`try`: run steps, and others when one of them fails; in any case some at the end."""

from typing import cast

from engine.effects import Note
from engine.events import BranchTaken
from engine.halt import StepFailed, Stopped
from engine.model import Json, Step
from engine.steps.flow import Enter, Flow, FlowContext, Flowing
from engine.variables import Scope

ERROR = "error"


def _run(step: Step, context: FlowContext) -> Flowing:
    try:
        output = yield from _tried(step, context)
    except (StepFailed, Stopped):
        # A failure in here takes the place of the first one. After Stop nothing more is begun.
        yield from _block(step, "finally", context)
        raise
    yield from _block(step, "finally", context)
    return output


def _tried(step: Step, context: FlowContext) -> Flowing:
    try:
        left = yield Enter(step.blocks["steps"], f"{context.path}/steps/", context.scope)
    except StepFailed as failed:
        error: dict[str, Json] = {**failed.failure.to_json(), "step": failed.step_id, "path": failed.path}
    else:
        return {"data": cast("Json", left)}
    name = str(step.params.get("errorVariable", ERROR))
    scope = Scope({name: error}, context.scope)
    yield Note(context.path, BranchTaken("onError"))
    left = yield Enter(step.blocks.get("onError", ()), f"{context.path}/onError/", scope)
    return {"data": cast("Json", left), "error": error}


def _block(step: Step, name: str, context: FlowContext) -> Flowing:
    steps = step.blocks.get(name, ())
    if steps:
        yield Note(context.path, BranchTaken(name))
        yield Enter(steps, f"{context.path}/{name}/", context.scope)
    return {}


TRY = Flow("try", _run, binds={"errorVariable": ERROR})
