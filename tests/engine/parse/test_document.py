import json

import pytest

from drive.run import BOOK, Document, automation, document, problems, problems_of
from engine.model import Json, Retry
from engine.parse.document import parse, warnings
from engine.secrets import Secret


def test_a_file_becomes_frozen_steps() -> None:
    found = automation(
        {
            "id": "weather",
            "type": "apiCall",
            "description": "Ask",
            "credentialId": "OpenWeather",
            "url": "{{credentials.apiUrl}}weather",
            "storeKey": "data",
            "onError": "continue",
            "retry": {"attempts": 3, "delaySeconds": 2, "backoff": 1, "evenIfSent": True},
        },
        {
            "id": "hot",
            "type": "if",
            "condition": {"left": 1, "operator": "exists"},
            "then": [{"id": "w", "type": "wait", "value": 1}],
        },
        variables={"city": "London"},
    )

    step, branch = found.steps
    assert (step.credential, step.store_key, step.on_error) == ("OpenWeather", "data", "continue")
    assert step.retry == Retry(3, 2, 1, even_if_sent=True)
    assert dict(step.params) == {"url": "{{credentials.apiUrl}}weather"}
    assert [inner.id for inner in branch.blocks["then"]] == ["w"]
    assert found.variables == {"city": "London"}


def test_the_hash_depends_on_the_content_and_not_on_its_order() -> None:
    one = document({"id": "w", "type": "wait", "value": 1})
    turned = dict(reversed(one.items()))

    assert parse(one, book=BOOK).content_hash == parse(turned, book=BOOK).content_hash
    assert parse({**one, "name": "Other"}, book=BOOK).content_hash != parse(one, book=BOOK).content_hash


BROKEN: Json = {
    "format": "loopi-automation/1",
    "name": "",
    "variables": {"steps": 1, "a-b": 2},
    "extra": 1,
    "steps": [
        {"id": "a", "type": "apiCal", "url": "x"},
        {"id": "b", "type": "wait"},
        {"id": "b", "type": "wait", "value": -1, "retry": {"attempts": 0, "often": 2}},
        {
            "id": "c d",
            "type": "if",
            "condition": {"left": "{{a"},
            "then": [{"id": "e", "type": "apiCall", "url": "", "headers": {"X": "{{ a ~~ }}"}}, 7],
        },
        {
            "id": "f",
            "type": "setVariable",
            "variableName": "credentials",
            "value": "{{credentials.k}}",
            "storeKey": "1x",
        },
        {"id": "g", "type": "stop", "credentialId": "c"},
    ],
}


def test_every_problem_is_reported_at_once_with_its_path() -> None:
    found = problems(BROKEN)

    assert set(found) == {
        "name",
        "extra",
        "variables.steps",
        "variables.a-b",
        "steps[0].type",
        "steps[1].value",
        "steps[2].id",
        "steps[2].value",
        "steps[2].retry.attempts",
        "steps[2].retry.often",
        "steps[3].id",
        "steps[3].condition",
        "steps[3].condition.left",
        "steps[3].then[0].url",
        "steps[3].then[0].headers.X",
        "steps[3].then[1]",
        "steps[4].variableName",
        "steps[4].value",
        "steps[4].storeKey",
        "steps[5].credentialId",
    }
    assert found["steps[0].type"] == "is 'apiCal', which is no type of step; did you mean apiCall?"
    assert found["name"] == "must not be empty"
    assert found["steps[1].value"] == "is missing"
    assert found["steps[2].id"] == "is 'b', which steps[1] has already: each has its own"


@pytest.mark.parametrize(
    "whole",
    [
        None,
        [],
        1,
        "x",
        {},
        {"format": []},
        {"format": "loopi-automation/2"},
        {"format": "loopi-automation/1", "name": 1, "steps": {}},
    ],
)
def test_what_is_no_automation_is_refused_in_words(whole: object) -> None:
    assert all(message for message in problems(whole).values())


def test_another_version_is_told_from_this_one() -> None:
    assert problems({"format": "loopi-automation/2"}) == {
        "format": "is 'loopi-automation/2'; this version reads 'loopi-automation/1'"
    }


@pytest.mark.parametrize("name", ["a\n", "a b", "", "x" * 101])
def test_an_id_has_no_character_that_could_mislead(name: str) -> None:
    assert problems_of(id=name, type="stop")["steps[0].id"] == "must be 1 to 100 letters, digits, _ or -"


@pytest.mark.parametrize("field", ["storeKey", "variableName"])
def test_a_variable_cannot_take_a_name_with_a_meaning(field: str) -> None:
    step: Document = {"type": "setVariable", "variableName": "x", "value": 1, field: "credentials"}

    assert "has a meaning of its own" in problems_of(**step)[f"steps[0].{field}"]


@pytest.mark.parametrize(
    "step",
    [
        {"type": "setVariable", "variableName": "x", "value": {"a": ["{{credentials.k}}"]}},
        {"type": "wait", "value": "{{credentials.k}}"},
        {"type": "stop", "message": "{{credentials.k}}"},
        {"type": "forEach", "items": "{{credentials.k}}", "steps": []},
        {"type": "if", "condition": {"not": {"left": "{{credentials.k}}", "operator": "exists"}}},
        {"type": "twitterCreateTweet", "text": "{{credentials.k}}"},
    ],
)
def test_a_credential_stands_in_requests_only(step: Document) -> None:
    assert any("uses {{credentials.…}}" in message for message in problems_of(**step).values())


def test_keys_in_plain_text_become_secrets_and_a_warning() -> None:
    found = automation(
        {"id": "post", "type": "twitterCreateTweet", "text": "Hi", "apiKey": "hunter2", "apiSecret": "x"}
    )

    assert found.steps[0].inline == {"apiKey": Secret("hunter2"), "apiSecret": Secret("x")}
    assert dict(found.steps[0].params) == {"text": "Hi"}
    assert "hunter2" not in repr(found)
    assert [str(each) for each in warnings(found)] == [
        "steps[0]: holds keys in plain text; store them: loopi automations import FILE"
    ]


def test_a_problem_does_not_show_a_key_in_plain_text() -> None:
    found = problems_of(type="apiCall", url="https://h/", apiKey="hunter2", retry="hunter2")

    assert found.keys() == {"steps[0].apiKey", "steps[0].retry"}
    assert "hunter2" not in str(found)


def test_a_placeholder_in_a_name_is_warned_of() -> None:
    found = automation(
        {"type": "apiCall", "url": "https://h/", "query": {"{{a}}": "{{a}}"}}, variables={"a": 1}
    )

    assert [each.path for each in warnings(found)] == ["steps[0].query.{{a}}"]


def test_a_step_warns_with_its_place() -> None:
    long = {"id": "t", "type": "twitterCreateTweet", "text": "a" * 281}
    found = automation(
        {"id": "i", "type": "if", "condition": {"left": 1, "operator": "exists"}, "else": [long]}
    )

    assert [each.path for each in warnings(found)] == ["steps[0].else[0]"]


def test_a_parsed_file_does_not_change_with_the_document() -> None:
    whole = document({"type": "wait", "value": 1})
    found = parse(json.loads(json.dumps(whole)), book=BOOK)

    assert found == parse(whole, book=BOOK)
