"""The fields of an action, filled with variables and not yet with credentials."""

from collections.abc import Mapping

from engine.model import Step
from engine.steps.action import Action
from engine.template.errors import too_large
from engine.template.expression import Lookup
from engine.template.operators import is_large
from engine.template.render import is_deferred, render_tree, render_url
from engine.variables import credentials_not_here


def resolved(action: Action, step: Step, lookup: Lookup) -> Mapping[str, object]:
    """The step's params for `StepCall`. Raises TemplateError `template.…`."""
    filled: dict[str, object] = {}
    for name, value in action.prepare(step.params).items():
        if name in action.literal_fields:
            filled[name] = value
            continue
        is_url = name in action.url_fields and isinstance(value, str)
        found = render_url(str(value), lookup) if is_url else render_tree(value, lookup)
        if name not in action.request_fields and is_deferred(found):
            raise credentials_not_here()
        if is_large(found):
            raise too_large(f"Filling {name}")
        filled[name] = found
    return filled
