"""`stop`: end the run here, as a success or a failure."""

from engine.halt import Stopped
from engine.model import Step
from engine.steps.flow import Flow, FlowContext, Flowing
from engine.template.operators import text


def _run(step: Step, context: FlowContext) -> Flowing:
    message = text(context.resolve(step.params.get("message", "")))
    yield from ()
    raise Stopped("failed" if step.params.get("outcome") == "failed" else "succeeded", message, context.path)


STOP = Flow("stop", _run)
