"""A step of the Electron app as one of ours."""

import pytest

from backend.importers.loopi_step import STEP_TYPES, StepMaker, step_id
from backend.importers.loopi_template import Names


@pytest.fixture
def maker() -> StepMaker:
    return StepMaker(Names(frozenset({"n"}), {}))


def test_ids_are_made_free_and_allowed(maker: StepMaker) -> None:
    made = [maker.make("x", {"id": "a b", "type": "wait", "value": 1}) for _ in range(2)]
    assert [each and each["id"] for each in made] == ["a-b", "a-b-2"]
    assert step_id("ä/1") == "--1"
    assert step_id("") == "step"


@pytest.mark.parametrize(
    ("old", "ours"),
    [
        ({"body": '{"a": 1}', "contentType": "json"}, {"body": '{"a": 1}', "contentType": "json"}),
        ({"body": "a=1", "contentType": "form"}, {"body": "a=1", "contentType": "form"}),
        ({"body": "x", "contentType": "none"}, {}),
        ({"body": "", "contentType": "json"}, {}),
        ({"method": "post"}, {"method": "POST"}),
        ({"timeout": 1500}, {"timeoutSeconds": 1.5}),
        ({"timeout": -1}, {}),
    ],
)
def test_an_api_call_keeps_what_it_says(
    maker: StepMaker, old: dict[str, object], ours: dict[str, object]
) -> None:
    made = maker.make("x", {"type": "apiCall", "url": "https://h/", **old})
    assert made == {"id": "x", "type": "apiCall", "method": "GET", "url": "https://h/", **ours}


def test_a_condition_on_a_name_that_nothing_sets_is_asked_as_it_was(maker: StepMaker) -> None:
    asked = {"variableConditionType": "variableEquals", "variableName": "x", "expectedValue": "{{n}}"}
    assert maker.condition(asked) == {"left": '{{x | default("")}}', "operator": "equals", "right": "{{n}}"}


def test_whether_a_variable_exists_is_asked_without_a_default(maker: StepMaker) -> None:
    asked = {"variableConditionType": "variableExists", "variableName": "x.y"}
    assert maker.condition(asked) == {"left": "{{x.y}}", "operator": "exists"}


def test_every_type_is_made_or_told(maker: StepMaker) -> None:
    for kind in (
        *STEP_TYPES,
        "navigate",
        "desktopClick",
        "aiOpenAI",
        "systemCommand",
        "githubCreateIssue",
        "",
    ):
        made = maker.make(kind or "none", {"type": kind, "operation": "add", "condition": "equals"})
        told = any(f"({kind or 'no type'})" in note for note in maker.notes)
        assert (made is None) == told
