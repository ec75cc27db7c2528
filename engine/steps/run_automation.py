"""`runAutomation`: run another automation in this run, with variables in and one result out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from engine.errors import LoopiError
from engine.halt import Stopped
from engine.model import CALLED, Automation, Json, Step
from engine.steps.flow import Enter, Flow, FlowContext, Flowing
from engine.variables import NAME, RESERVED, Scope

# An automation that runs itself is refused before a run; this holds for a driver that did not ask.
MAX_DEPTH = 20


def _run(step: Step, context: FlowContext) -> Flowing:
    called = _called(step, context)
    program = context.scope.program
    inner = replace(program, owner=called.id, depth=program.depth + 1)
    given = cast("Mapping[str, Json]", context.resolve(step.params.get("variables", {})))
    scope = Scope({**called.variables, **given}, program=inner)
    try:
        left = yield Enter(called.steps, f"{context.path}{CALLED}", scope)
    except Stopped as stop:
        # What it ends is the automation that it stands in.
        if stop.outcome == "failed":
            message = stop.message or f"A stop step ended {called.name}."
            raise LoopiError("run.stopped", message) from None
        left = None
    wanted = step.params.get("resultVariable")
    return {"data": cast("Json", left if wanted is None else scope.lookup(str(wanted)))}


def _called(step: Step, context: FlowContext) -> Automation:
    program, reference = context.scope.program, str(step.params["automation"])
    if reference not in program.called:
        raise LoopiError(
            "run_automation.missing",
            f"There is no automation with the name or id {reference[:200]!r}.",
            hint="Look at the step: it names an automation of your list.",
        )
    if program.depth >= MAX_DEPTH:
        raise LoopiError(
            "run_automation.depth",
            f"Automations run one another more than {MAX_DEPTH} deep.",
            hint="Look whether they run each other in a circle.",
        )
    return program.called[reference]


def _check(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if "{{" in str(fields.get("automation", "")):
        yield "automation", "must be written out: what is run is known before a run begins"
    given = fields.get("variables")
    for name in given if isinstance(given, Mapping) else ():
        if name in RESERVED or not NAME.fullmatch(name):
            yield f"variables.{name[:60]}", "is no name of a variable: letters, digits and _, no digit first"


RUN_AUTOMATION = Flow("runAutomation", _run, _check)
