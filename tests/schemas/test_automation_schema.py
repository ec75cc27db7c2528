"""The schemas of automations and their steps: valid, alike in form, and in step with the code."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from drive.run import AUTOMATION_SCHEMA, BOOK, STEP_SCHEMAS, automation
from engine.model import Retry
from engine.parse.document import FORMAT
from engine.parse.reading import COMMON
from engine.steps.for_each import INDEX, ITEM
from engine.variables import NAME

every_type = pytest.mark.parametrize("step_type", STEP_SCHEMAS)
COMMON_FIELDS: dict[str, Any] = AUTOMATION_SCHEMA["$defs"]["common"]["properties"]
NEEDED: dict[str, dict[str, Any]] = {
    "apiCall": {"url": "https://h/"},
    "twitterDeleteTweet": {"tweetId": "1"},
    "twitterLikeTweet": {"tweetId": "1"},
    "twitterUnlikeTweet": {"tweetId": "1"},
    "twitterRetweet": {"tweetId": "1"},
    "twitterUndoRetweet": {"tweetId": "1"},
    "twitterSendDM": {"userId": "x"},
    "twitterUploadMedia": {"filePath": "x"},
    "twitterUserTweets": {"userId": "x"},
    "twitterSearchTweets": {"searchQuery": "x"},
    "twitterSearchUser": {"username": "x"},
    "setVariable": {"variableName": "x", "value": 1},
    "modifyVariable": {"variableName": "x", "operation": "set"},
    "if": {"condition": {"left": 1, "operator": "exists"}},
    "forEach": {"items": [], "steps": []},
    "repeat": {"steps": []},
    "try": {"steps": []},
    "runAutomation": {"automation": "x"},
    "wait": {"value": 1},
}


# A schema does not say that one of several fields is needed.
ONE_OF: dict[str, dict[str, Any]] = {"repeat": {"times": 1}}


@pytest.mark.parametrize(
    "schema", [AUTOMATION_SCHEMA, *STEP_SCHEMAS.values()], ids=["automation", *STEP_SCHEMAS]
)
def test_a_schema_is_valid_json_schema(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)


@every_type
def test_a_type_is_named_by_its_file_and_refuses_what_it_does_not_know(step_type: str) -> None:
    schema = STEP_SCHEMAS[step_type]

    assert schema["$id"] == f"steps/{step_type}.schema.json"
    assert schema["additionalProperties"] is False
    assert schema["description"].endswith(".")


@every_type
def test_every_field_has_a_title_and_none_is_a_common_one(step_type: str) -> None:
    fields = STEP_SCHEMAS[step_type]["properties"]

    assert all("title" in about or "$ref" in about for about in fields.values())
    assert not (set(fields) - set(BOOK.blocks(step_type))) & set(COMMON_FIELDS)


@every_type
def test_a_type_can_be_used_with_what_it_needs(step_type: str) -> None:
    needed = NEEDED.get(step_type, {})

    assert sorted(needed) == sorted(STEP_SCHEMAS[step_type]["required"])
    assert automation({"type": step_type, **needed, **ONE_OF.get(step_type, {})}).steps[0].type == step_type


def examples() -> Iterator[tuple[str, str, Any]]:
    for step_type, schema in STEP_SCHEMAS.items():
        for field, about in schema["properties"].items():
            yield from ((step_type, field, example) for example in about.get("examples", []))
            if "default" in about:
                yield step_type, field, about["default"]


@pytest.mark.parametrize(("step_type", "field", "example"), list(examples()))
def test_every_example_and_default_is_a_value_of_its_field(
    step_type: str, field: str, example: object
) -> None:
    found = list(BOOK.step_problems(step_type, {**NEEDED.get(step_type, {}), field: example}))

    assert found == []


def test_the_parser_reads_the_common_fields_and_no_others() -> None:
    assert sorted(COMMON) == sorted(COMMON_FIELDS)


def test_defaults_are_those_of_the_code() -> None:
    retry = {name: about.get("default") for name, about in COMMON_FIELDS["retry"]["properties"].items()}
    loop = STEP_SCHEMAS["forEach"]["properties"]

    usual = Retry()
    assert retry == {
        "attempts": usual.attempts,
        "delaySeconds": usual.delay_s,
        "backoff": usual.backoff,
        "evenIfSent": usual.even_if_sent,
        "maxWaitSeconds": usual.max_wait_s,
    }
    assert (loop["itemVariable"]["default"], loop["indexVariable"]["default"]) == (ITEM, INDEX)


def test_the_format_and_the_names_of_variables_are_those_of_the_code() -> None:
    assert AUTOMATION_SCHEMA["properties"]["format"]["const"] == FORMAT
    assert COMMON_FIELDS["storeKey"]["pattern"] == f"^{NAME.pattern}$"
