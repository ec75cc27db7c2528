import pytest

from engine.effects import StepResult
from engine.model import Json, Step
from engine.steps.action import Action
from engine.steps.params import resolved
from engine.template.errors import TemplateError
from engine.template.render import Deferred
from engine.variables import Scope

ACTION = Action(
    "x",
    lambda _params, _context: StepResult("ok"),
    lambda _params: "read",
    request_fields=("url", "body"),
    url_fields=("url",),
    literal_fields=("kept",),
)


def fill(params: dict[str, Json], **values: Json) -> dict[str, object]:
    return dict(resolved(ACTION, Step("s", "x", params), Scope(values).lookup))


def test_each_field_is_filled_in_its_own_way() -> None:
    params: dict[str, Json] = {"url": "https://h/{{q}}", "body": {"q": "{{q}}"}, "kept": "{{q}}", "n": 5}

    assert fill(params, q="a b") == {"url": "https://h/a%20b", "body": {"q": "a b"}, "kept": "{{q}}", "n": 5}


def test_a_credential_waits_in_the_fields_of_a_request_only() -> None:
    assert isinstance(fill({"url": "{{credentials.k}}"})["url"], Deferred)
    with pytest.raises(TemplateError, match="where no request is made"):
        fill({"other": ["{{credentials.k}}"]})


def test_a_field_does_not_outgrow_the_largest_size() -> None:
    with pytest.raises(TemplateError, match="Filling body"):
        fill({"body": ["{{big}}"] * 20}, big="x" * 1_000_000)
