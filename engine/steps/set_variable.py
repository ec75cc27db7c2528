"""`setVariable` and `modifyVariable`: give a variable a value, count it, append to it."""

from typing import cast

from engine.effects import Note
from engine.events import VariableSet
from engine.model import Json, Step
from engine.steps.flow import Flow, FlowContext, Flowing
from engine.template.comparison import typed
from engine.template.errors import UnknownName
from engine.variables import bounded, modified


def _set(step: Step, context: FlowContext) -> Flowing:
    written = step.params["value"]
    # What a person wrote is typed; what a placeholder brings keeps the type it has.
    is_plain_text = isinstance(written, str) and "{{" not in written
    value = typed(str(written)) if is_plain_text else context.resolve(written)
    return (yield from _keep(str(step.params["variableName"]), value, context))


def _modify(step: Step, context: FlowContext) -> Flowing:
    name, operation = str(step.params["variableName"]), str(step.params["operation"])
    value = context.resolve(step.params.get("value"))
    return (yield from _keep(name, modified(operation, _current(name, operation, context), value), context))


def _current(name: str, operation: str, context: FlowContext) -> Json:
    try:
        return cast("Json", context.scope.lookup(name))
    except UnknownName:
        if operation in {"set", "append"}:
            return None
        raise


def _keep(name: str, value: Json, context: FlowContext) -> Flowing:
    context.scope.set(name, bounded(value, name))
    yield Note(context.path, VariableSet(name, value))
    return {"data": value}


SET_VARIABLE = Flow("setVariable", _set)
MODIFY_VARIABLE = Flow("modifyVariable", _modify)
