"""Steps on data as templates."""

import pytest

from backend.importers.loopi_data import expression
from backend.importers.loopi_template import Names

NAMES = Names(frozenset({"n"}), {})


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (
            {"type": "mathOperation", "operation": "add", "valueA": "{{n}}", "valueB": "2"},
            "{{ (n | number) + 2 }}",
        ),
        (
            {"type": "mathOperation", "operation": "random", "valueA": "1", "valueB": "6"},
            "{{ random | between(1, 6) }}",
        ),
        (
            {"type": "mathOperation", "operation": "max", "valueA": 1, "valueB": "{{n}}"},
            "{{ [1, (n | number)] | max }}",
        ),
        ({"type": "stringOperation", "operation": "uppercase", "value": "{{n}}"}, "{{ n | upper }}"),
        (
            {
                "type": "stringOperation",
                "operation": "replace",
                "value": "{{n}}",
                "param1": 'a"}',
                "param2": "b",
            },
            '{{ n | replace("a\\"}", "b") }}',
        ),
        (
            {
                "type": "stringOperation",
                "operation": "substring",
                "value": "x{{n}}",
                "param1": "0",
                "param2": "2",
            },
            '{{ ("x" ~ n) | slice(0, 2) }}',
        ),
        ({"type": "dateTime", "operation": "now"}, "{{ now }}"),
        (
            {"type": "dateTime", "operation": "format", "value": "{{n}}", "format": "YYYY-MM-DD"},
            '{{ n | date("YYYY-MM-DD") }}',
        ),
        (
            {"type": "dateTime", "operation": "subtract", "value": "{{n}}", "amount": "2", "unit": "hours"},
            '{{ n | addTime(-2, "hours") }}',
        ),
        (
            {
                "type": "filterArray",
                "sourceVariable": "n",
                "field": "a.b",
                "condition": "greaterThan",
                "compareValue": "3",
            },
            '{{ n | where("a.b", 3, "greaterThan") }}',
        ),
        (
            {"type": "filterArray", "sourceVariable": "n", "field": "a", "condition": "truthy"},
            '{{ n | where("a", "", "isNotEmpty") }}',
        ),
        (
            {"type": "mapArray", "sourceVariable": "n", "expression": "user.name"},
            '{{ n | pluck("user.name") }}',
        ),
        ({"type": "jsonParse", "input": "{{n}}", "path": "a[0]"}, '{{ n | fromJson | get("a[0]") }}'),
        ({"type": "jsonStringify", "sourceVariable": "n", "pretty": True}, "{{ n | json(2) }}"),
    ],
)
def test_steps_on_data_are_templates(step: dict[str, object], expected: str) -> None:
    assert f"{{{{ {expression(step, NAMES)} }}}}" == expected


@pytest.mark.parametrize(
    "step",
    [
        {"type": "mathOperation", "operation": "integrate"},
        {"type": "stringOperation"},
        {"type": "dateTime", "operation": "moonPhase"},
        {"type": "filterArray", "condition": "resembles"},
        {"type": "wait"},
    ],
)
def test_an_operation_that_is_not_known_is_none(step: dict[str, object]) -> None:
    assert expression(step, NAMES) is None


def test_what_a_value_brings_along_is_no_place_for_another_one() -> None:
    step = {
        "type": "stringOperation",
        "operation": "replace",
        "value": "{a}{b}",
        "param1": "{v}",
        "param2": "x",
    }
    assert expression(step, NAMES) == '"{a}{b}" | replace("{v}", "x")'
