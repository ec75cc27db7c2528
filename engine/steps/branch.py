"""`if`: decide a condition and run one of two blocks."""

from typing import cast

from engine.condition import Condition, holds
from engine.effects import Note
from engine.events import BranchTaken
from engine.model import Step
from engine.steps.flow import Enter, Flow, FlowContext, Flowing


def _run(step: Step, context: FlowContext) -> Flowing:
    condition = cast("Condition", step.params["condition"])
    branch = "then" if holds(condition, context.resolve) else "else"
    yield Note(context.path, BranchTaken(branch))
    yield Enter(step.blocks.get(branch, ()), f"{context.path}/{branch}/", context.scope)
    return {"data": branch == "then"}


IF = Flow("if", _run)
