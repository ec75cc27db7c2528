import json
from pathlib import Path

import pytest

from drive.run import BOOK, Document, automation
from engine.model import Json
from engine.parse.document import parse, warnings
from engine.parse.names import unknown_names

EXAMPLES = Path(__file__).parents[3] / "examples"
CALL: Document = {"id": "ask", "type": "apiCall", "url": "https://h/", "storeKey": "answer"}

NOBODY = "which nothing sets: set it in a step, or give it a first value."


def found(*steps: Document, variables: Document | None = None) -> list[str]:
    return [str(each) for each in unknown_names(automation(*steps, variables=variables))]


def say(text: str, **more: Json) -> Document:
    return {"type": "setVariable", "variableName": "said", "value": text, **more}


def test_a_name_that_nothing_sets_is_told_with_its_place_and_the_nearest() -> None:
    assert found(CALL, say("{{anwser.name}}")) == [
        "steps[1].value: names the variable anwser, which nothing sets: did you mean answer?"
    ]
    assert found(say("{{elsewhere}}")) == [f"steps[0].value: names the variable elsewhere, {NOBODY}"]


def test_a_step_that_is_not_there_is_told() -> None:
    assert found(CALL, say("{{steps.aks.data}} {{steps.ask.data}}")) == [
        "steps[1].value: names the step aks, which is not there: did you mean ask?"
    ]
    assert found(say("{{steps.elsewhere.data | upper}}")) == [
        "steps[0].value: names the step elsewhere, which is not there: look at the ids of the steps."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{city}}",
        "{{answer.list[0] | upper}}",
        "{{said}}",
        "{{steps.ask.data}}",
        "{{now | date}} {{uuid}} {{random}}",
        "{{nobody | default('x')}}",
        "{{steps.nobody.data | default('x')}}",
        "plain",
    ],
)
def test_what_has_a_value_or_may_be_missing_is_not_told(text: str) -> None:
    assert found(CALL, say(text), variables={"city": "London"}) == []


def test_the_variables_of_a_block_are_known_in_it_only() -> None:
    loop: Document = {"type": "forEach", "items": "{{answer}}", "itemVariable": "town"}
    assert found(CALL, {**loop, "steps": [say("{{town}} {{loopIndex}}", id="in")]}) == []
    assert found(CALL, {**loop, "steps": []}, say("{{town}}")) == [
        f"steps[2].value: names the variable town, {NOBODY}"
    ]
    branch: Document = {"type": "if", "condition": {"left": 1, "operator": "exists"}}
    deep = {**branch, "then": [say("{{town}}", id="in")]}
    assert found(CALL, {**loop, "steps": [{**deep, "id": "if"}]}) == []


@pytest.mark.parametrize(
    "step",
    [
        {"type": "repeat", "times": 2, "steps": [say("{{loopIndex}}", id="in")]},
        {
            "type": "repeat",
            "indexVariable": "n",
            "until": {"left": "{{n}}", "operator": "equals", "right": 3},
            "steps": [],
        },
        {"type": "try", "steps": [], "onError": [say("{{error.message}}", id="in")]},
        {"type": "try", "steps": [], "errorVariable": "why", "onError": [say("{{why.code}}", id="in")]},
        {"type": "if", "condition": {"left": "{{nobody}}", "operator": "exists"}, "then": []},
        {**CALL, "url": "{{credentials.apiUrl}}x", "credentialId": "Key"},
        say("{{nobody}}", disabled=True),
    ],
)
def test_names_that_a_step_knows_by_itself_are_not_told(step: Document) -> None:
    assert found(step) == []


def test_a_field_that_is_never_filled_names_nothing() -> None:
    assert found({"type": "runAutomation", "automation": "Other", "resultVariable": "result"}) == []


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.json")), ids=lambda file: file.stem)
def test_the_examples_name_only_what_there_is(file: Path) -> None:
    assert warnings(parse(json.loads(file.read_text("utf-8")), book=BOOK)) == ()
