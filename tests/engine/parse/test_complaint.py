import pytest
from jsonschema import Draft202012Validator

from engine.parse.complaint import complaints


@pytest.mark.parametrize(
    ("schema", "value", "found"),
    [
        ({"type": "string"}, 1, ("", "must be text")),
        ({"type": ["number", "null"]}, "x", ("", "must be a number or null")),
        ({"required": ["a", "b"]}, {"a": 1}, ("b", "is missing")),
        (
            {"properties": {"name": {}}, "additionalProperties": False},
            {"nmae": 1},
            ("nmae", "is not a field here; did you mean name?"),
        ),
        ({"enum": ["stop", "continue"]}, "stpo", ("", "must be one of stop, continue; did you mean stop?")),
        ({"enum": [1, 2]}, 3, ("", "must be one of 1, 2")),
        ({"const": "a"}, "b", ("", "must be 'a'")),
        ({"minLength": 1}, "", ("", "must not be empty")),
        ({"maxLength": 1}, "ab", ("", "must have 1 characters at most")),
        ({"minimum": 1}, 0, ("", "must be 1 or more")),
        ({"exclusiveMinimum": 0}, 0, ("", "must be more than 0")),
        ({"maximum": 1}, 2, ("", "must be 1 or less")),
        ({"minItems": 2}, [1], ("", "must have 2 items or more")),
        ({"maxItems": 1}, [1, 2], ("", "must have 1 items at most")),
        ({"maxProperties": 1}, {"a": 1, "b": 2}, ("", "must have 1 field at most")),
        ({"pattern": "^a$"}, "b", ("", "must match ^a$")),
        ({"properties": {"a": {"items": {"type": "null"}}}}, {"a": [None, 1]}, ("a[1]", "must be null")),
        ({"multipleOf": 5}, 7, ("", "does not fit here")),
    ],
)
def test_what_is_wrong_is_said_in_words(
    schema: dict[str, object], value: object, found: tuple[str, str]
) -> None:
    assert list(complaints(Draft202012Validator(schema), value)) == [found]


def test_no_message_shows_the_value() -> None:
    schema = {"properties": dict(zip("abcde", RULES, strict=True))}
    validator = Draft202012Validator(schema)

    found = list(complaints(validator, dict.fromkeys("abcde", "hunter2")))

    assert len(found) == 5
    assert "hunter2" not in str(found)


RULES: list[dict[str, object]] = [
    {"type": "number"},
    {"enum": [1]},
    {"const": 2},
    {"maxLength": 1},
    {"not": {}},
]
