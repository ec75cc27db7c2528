import json

import pytest

from drive.run import run
from engine.effects import StepCall
from engine.model import Json
from engine.steps.api_text import structured
from engine.template.render import Deferred

HOSTILE = '", "admin": true, "x": "&admin=1'


def body_of(body: str, kind: str, **variables: Json) -> object:
    step = {"type": "apiCall", "method": "POST", "url": "https://h/", "body": body, "contentType": kind}
    driver = run(step, variables=variables)
    return next(effect for effect in driver.effects if isinstance(effect, StepCall)).params["body"]


def test_a_quote_in_a_value_stays_inside_its_json_text() -> None:
    body = body_of('{"name": "{{v}}", "say": "Hi {{v}}", "n": [1, "{{n}}"]}', "json", v=HOSTILE, n=2)

    assert body == {"json": {"name": HOSTILE, "say": f"Hi {HOSTILE}", "n": [1, 2]}}
    assert json.loads(json.dumps(body)) == body


def test_an_ampersand_in_a_value_stays_inside_its_form_field() -> None:
    assert body_of("name={{v}}&say=Hi+{{v}}&empty=", "form", v=HOSTILE) == {
        "form": {"name": [HOSTILE], "say": [f"Hi {HOSTILE}"], "empty": [""]}
    }


def test_a_variable_may_be_the_whole_body() -> None:
    assert body_of(" {{v}} ", "json", v={"a": [1]}) == {"json": {"a": [1]}}


def test_a_placeholder_that_is_a_whole_json_value_keeps_its_type_and_adds_no_field() -> None:
    text = (
        '{"n": {{n}}, "evil": {{v}}, "say": "Hi {{ v | default("x") }}", "list": [{{ a }}, {{ a | json }}]}'
    )
    body = body_of(text, "json", n=7, v='1,"admin":true', a=["x", {"b": 1}])

    assert body == {
        "json": {
            "n": 7,
            "evil": '1,"admin":true',
            "say": 'Hi 1,"admin":true',
            "list": [["x", {"b": 1}], ["x", {"b": 1}]],
        }
    }


def test_a_credential_in_a_json_text_stays_a_hole() -> None:
    body = body_of('{"key": "{{credentials.apiKey}}"}', "json")

    assert isinstance(body, dict)
    assert isinstance(body["json"]["key"], Deferred)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"a": {{n}} {{n}}}', "json"),
        ("{{a}}{{b}}", "json"),
        ('["{{n}}", NaN]', "json"),
        ('["{{n}}", ' + "[" * 60 + "]" * 60 + "]", "json"),
        ("a={{n + 1}}", "form"),
        ("{{n}}=1", "form"),
        ('{"a": "{{n}}"}', "text"),
        ('{"a":  1}', "json"),
    ],
)
def test_what_cannot_be_taken_apart_stays_a_text(body: str, kind: str) -> None:
    params: dict[str, Json] = {"body": body, "contentType": kind}

    assert structured(params) is params
