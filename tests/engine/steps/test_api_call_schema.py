import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

FILE = Path(__file__).parents[3] / "schemas/steps/apiCall.schema.json"
SCHEMA = json.loads(FILE.read_text(encoding="utf-8"))
CHECK = Draft202012Validator(SCHEMA)
URL = "https://api.example.com/{{id}}"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["additionalProperties"] is False


@pytest.mark.parametrize("name", [name for name, each in SCHEMA["properties"].items() if "examples" in each])
def test_every_example_fits(name: str) -> None:
    examples = SCHEMA["properties"][name]["examples"]
    assert all(CHECK.is_valid({"url": URL, name: example}) for example in examples)


@pytest.mark.parametrize(
    "fields",
    [
        {"query": {"a": "{{x}}", "b": 1, "c": True, "d": ["{{y}}", 2]}},
        {"headers": {"X-A": "1"}},
        {"body": {"json": [1, {"a": None}]}},
        {"body": {"form": {"a": 1}}},
        {"body": "text", "contentType": "json"},
        {"timeoutSeconds": 0.5},
        {"okStatuses": [404, "200-299", "404"]},
    ],
)
def test_what_the_step_understands_fits(fields: dict[str, object]) -> None:
    assert CHECK.is_valid({"url": URL, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {"url": ""},
        {"method": "CONNECT"},
        {"query": {"a": {"b": 1}}},
        {"body": {"json": 1, "text": "x"}},
        {"body": {}},
        {"body": {"file": ""}},
        {"body": {"multipart": [{"value": "x"}]}},
        {"timeoutSeconds": 0},
        {"timeoutSeconds": "5"},
        {"okStatuses": ["2xx"]},
        {"okStatuses": [99]},
        {"saveResponseTo": ""},
    ],
)
def test_what_it_does_not_understand_does_not_fit(fields: dict[str, object]) -> None:
    assert not CHECK.is_valid({"url": URL, **fields})
