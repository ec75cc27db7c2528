import pytest

from drive.run import AUTOMATION_SCHEMA
from drive.templates import fill
from engine.condition import ALL_OPERATORS, holds
from engine.errors import LoopiError
from engine.model import Json

VALUES = {
    "temp": 301.5,
    "word": "hello",
    "list": [1, "2"],
    "user": {"name": "Ada"},
    "empty": "",
    "null": None,
}


def decide(left: Json, operator: str, right: Json = None) -> bool:
    return holds({"left": left, "operator": operator, "right": right}, resolved)


def resolved(value: object) -> object:
    return fill(value, VALUES) if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        ("{{temp}}", "greaterThan", 300),
        ("{{temp}}", "greaterThan", "300"),
        ("{{temp}}", "greaterOrEqual", 301.5),
        ("{{temp}}", "lessThan", "302"),
        ("{{temp}}", "lessOrEqual", 301.5),
        ("10", "greaterThan", "9"),
        ("2026-03-01", "lessThan", "2026-11-01"),
        ("b", "greaterThan", "a"),
        ("{{word}}", "equals", "hello"),
        ("7", "equals", 7),
        (7, "equals", "7"),
        ("007", "notEquals", 7),
        ("007", "notEquals", "7"),
        (True, "equals", "true"),
        (True, "notEquals", 1),
        (None, "equals", "null"),
        ("{{word}}", "contains", "ell"),
        ("{{list}}", "contains", 2),
        ("{{list}}", "notContains", 3),
        ("{{user}}", "contains", "name"),
        (12345, "contains", 34),
        ("{{word}}", "startsWith", "he"),
        ("{{word}}", "endsWith", "lo"),
        ("{{word}}", "exists", None),
        ("{{nothing}}", "notExists", None),
        ("{{user.nothing}}", "notExists", None),
        ("{{null}}", "notExists", None),
        ("{{nothing}}", "isEmpty", None),
        ("{{empty}}", "isEmpty", None),
        ("{{list}}", "isNotEmpty", None),
    ],
)
def test_a_comparison_holds(left: Json, operator: str, right: Json) -> None:
    assert decide(left, operator, right)


@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        ("{{temp}}", "greaterThan", 400),
        ("{{word}}", "equals", "Hello"),
        (1, "equals", True),
        ("{{nothing}}", "exists", None),
        ("{{word}}", "isEmpty", None),
    ],
)
def test_a_comparison_does_not_hold(left: Json, operator: str, right: Json) -> None:
    assert not decide(left, operator, right)


@pytest.mark.parametrize(("left", "right"), [(None, 1), ("{{list}}", 1), ("abc", 1), (True, 0), ({}, {})])
def test_what_has_no_order_is_an_error_that_names_the_kinds(left: Json, right: Json) -> None:
    with pytest.raises(LoopiError, match="The condition compares") as caught:
        decide(left, "lessThan", right)

    assert caught.value.code == "condition.type"


def test_a_missing_name_stops_a_comparison() -> None:
    with pytest.raises(LoopiError, match="no variable named nothing"):
        decide("{{nothing}}", "equals", "")


def test_conditions_are_joined_and_the_rest_is_not_looked_at() -> None:
    yes: Json = {"left": 1, "operator": "equals", "right": 1}
    no: Json = {"not": yes}
    broken: Json = {"left": "{{nothing}}", "operator": "equals"}

    assert holds({"all": [yes, {"any": [no, yes, broken]}, {"not": no}]}, resolved)
    assert not holds({"all": [no, broken]}, resolved)
    assert holds({"all": []}, resolved)
    assert not holds({"any": []}, resolved)


def test_every_operator_of_the_schema_can_be_decided() -> None:
    properties = AUTOMATION_SCHEMA["$defs"]["condition"]["properties"]

    assert sorted(properties["operator"]["enum"]) == sorted(ALL_OPERATORS)
