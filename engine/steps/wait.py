"""`wait`: pause the run for a number of seconds."""

from engine.effects import Sleep
from engine.errors import LoopiError
from engine.model import Step
from engine.steps.flow import Flow, FlowContext, Flowing
from engine.template.comparison import typed

MAX_WAIT_S = 7 * 24 * 3600


def _run(step: Step, context: FlowContext) -> Flowing:
    value = context.resolve(step.params["value"])
    seconds = typed(value) if isinstance(value, str) else value
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 <= seconds <= MAX_WAIT_S:
        raise LoopiError(
            "wait.seconds",
            f"A wait takes a number of seconds from 0 to {MAX_WAIT_S} (seven days).",
            hint="Look at the step, and at the variables that its placeholders name.",
        )
    yield Sleep(context.path, float(seconds))
    return {"data": seconds}


WAIT = Flow("wait", _run)
