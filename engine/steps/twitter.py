"""What the Twitter/X steps share: how they ask X, how they are described. `twitter_client` sends."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from engine.effects import EffectClass, StepResult
from engine.model import Json
from engine.price import Price
from engine.steps.action import Act, Action, ActionContext

if TYPE_CHECKING:
    from engine.steps.twitter_client import XClient

XAnswer: TypeAlias = Mapping[str, Json]
Ask: TypeAlias = "Callable[[XClient], XAnswer]"


def result(context: ActionContext, ask: Ask, *, is_once: bool = False) -> StepResult:
    """What came of asking: all that X answered, or its refusal. `is_once`: it must not happen twice."""
    from engine.steps.twitter_client import XError, open_client

    try:
        return StepResult("ok", _kept(ask(open_client(context, is_once=is_once))))
    except XError as error:
        return StepResult("unknown" if error.failure.may_have_happened else "error", {}, error.failure)


def _kept(answer: XAnswer) -> XAnswer:
    """The answer, with a warning when X gave only a part of what was asked for."""
    errors = answer.get("errors")
    if not isinstance(errors, list) or not errors:
        return answer
    reasons = (each.get("detail") or each.get("title") for each in errors if isinstance(each, Mapping))
    told = "; ".join(dict.fromkeys(str(reason) for reason in reasons if reason))
    return {**answer, "warning": f"X left a part out. It said: “{told[:300]}”"}


def x_step(
    type_: str, act: Act, effect: EffectClass = "read", *, price: Callable[[Mapping[str, Json]], Price]
) -> Action:
    """A step that signs with a Twitter credential."""
    return Action(
        type=type_,
        act=act,
        classify=lambda _params: effect,
        credential_types=("twitter",),
        needs_credential=True,
        intends_itself=True,
        price=price,
    )
