"""`if`: decide conditions in turn and run the block of the first that holds, or the one for none."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from engine.condition import Condition, decided
from engine.effects import Note
from engine.errors import LoopiError
from engine.events import BranchTaken
from engine.model import Step
from engine.steps.flow import Enter, Flow, FlowContext, Flowing

_DECIDED: Condition = {"all": []}


def _run(step: Step, context: FlowContext) -> Flowing:
    if decided(_condition(step), context.resolve, otherwise=False):
        return (yield from _take("then", step.blocks.get("then", ()), context))
    for index, other in enumerate(step.blocks.get("elseIf", ())):
        if other.is_disabled:
            continue
        chosen = _chosen(other, (yield from context.settled(other.params)))
        if chosen is not None:
            return (yield from _take("elseIf", (chosen,), context, first=index))
    return (yield from _take("else", step.blocks.get("else", ()), context))


def _take(branch: str, steps: tuple[Step, ...], context: FlowContext, *, first: int = 0) -> Flowing:
    yield Note(context.path, BranchTaken(branch))
    yield Enter(steps, f"{context.path}/{branch}/", context.scope, first)
    return {"data": branch != "else"}


def _chosen(other: Step, context: FlowContext) -> Step | None:
    """The step with its condition decided, when that holds. One that cannot be decided fails by itself."""
    try:
        is_met = decided(_condition(other), context.resolve, otherwise=False)
    except LoopiError:
        return other
    return replace(other, params={**other.params, "condition": _DECIDED}) if is_met else None


def _condition(step: Step) -> Condition:
    return cast("Condition", step.params["condition"])


def _check(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    others = fields.get("elseIf")
    for index, other in enumerate(others if isinstance(others, list) else ()):
        if not isinstance(other, Mapping):
            continue
        if other.get("type") != "if":
            yield f"elseIf[{index}].type", "must be if: what is tried next is a condition with its own then"
        for name in ("else", "elseIf"):
            if name in other:
                yield f"elseIf[{index}].{name}", f"does not belong here: the outer if has the {name}"


IF = Flow("if", _run, _check)
