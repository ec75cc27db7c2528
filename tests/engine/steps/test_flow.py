import pytest

from engine.steps.flow import FlowContext
from engine.template.errors import TemplateError
from engine.variables import Scope


def context() -> FlowContext:
    scope = Scope({"n": 1})
    return FlowContext("0", scope, lambda _enter: iter(()), scope.lookup)  # type: ignore[arg-type, return-value]  # never entered


def test_a_field_is_filled_wherever_its_texts_stand() -> None:
    assert context().resolve({"a": ["{{n}}", "x{{n}}"], "b": None}) == {"a": [1, "x1"], "b": None}


def test_a_credential_in_a_flow_step_is_an_error() -> None:
    with pytest.raises(TemplateError, match="where no request is made"):
        context().resolve(["x", {"y": "{{credentials.k}}"}])
