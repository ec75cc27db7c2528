"""Waiting in the middle of a step, where everybody can see it and end it."""

from typing import cast

from engine.errors import LoopiError
from engine.events import StepWaiting
from engine.http.error import HttpError
from engine.rate_limit import LONGER, Limit
from engine.steps.action import ActionContext

_WAITED = "waited_s"


def wait_for(limit: Limit, context: ActionContext) -> None:
    """Return when the limit has ended; the run shows until when.

    Raises LoopiError `limit.too_long` at once when the user does not allow to wait so long, and as `pause`.
    """
    seconds = limit.until - context.resources.clock.now()
    if seconds > left_s(context):
        message = f"{limit.refusal(seconds, context.max_wait_s)} Nothing was sent."
        raise LoopiError("limit.too_long", message, hint=LONGER)
    context.emit(StepWaiting(limit.until, limit.name))
    pause(seconds, context)
    context.progress[_WAITED] = _waited_s(context) + max(seconds, 0.0)


def left_s(context: ActionContext) -> float:
    """How long the step may still wait for limits, of all the time that its user allows."""
    return context.max_wait_s - _waited_s(context)


def _waited_s(context: ActionContext) -> float:
    return cast("float", context.progress.get(_WAITED, 0.0))


def pause(seconds: float, context: ActionContext) -> None:
    """Return after so many seconds. Raises HttpError `http.cancelled` when the run is stopped meanwhile."""
    context.resources.clock.wait(max(seconds, 0.0), context.is_cancelled)
    if context.is_cancelled():
        raise HttpError("http.cancelled", "The run was stopped while it waited.")
