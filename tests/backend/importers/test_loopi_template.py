"""Placeholders of the Electron app in our notation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.importers.loopi_template import Names, quoted, variable
from engine.template.expression import expression

NAMES = Names(frozenset({"city", "weather", "my_list"}), {"weather": "w"})


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("{{city}}", "{{city}}"),
        ("{{ city }}!", "{{city}}!"),
        ("{{my-list[0].a-b}}", '{{my_list[0]["a-b"]}}'),
        ("{{weather.data.main}}", "{{steps.w.data.main}}"),
        ("{{weather.status}} {{weather.headers.etag}}", "{{steps.w.status}} {{steps.w.headers.etag}}"),
        ("{{weather.main.temp}}", "{{weather.main.temp}}"),
        ("{{nobody}}", '{{nobody | default("")}}'),
        ("{{", '{{ "{{" }}'),
        ("plain", "plain"),
    ],
)
def test_a_text_is_written_anew(written: str, ours: str) -> None:
    assert NAMES.text(written) == ours


def test_every_text_inside_a_value_is_written_anew_and_nothing_else() -> None:
    assert NAMES.tree({"{{a}}": ["{{city}}", 1, None]}) == {"{{a}}": ["{{city}}", 1, None]}


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("5", "5"),
        ("-1.5", "-1.5"),
        ("007", '"007"'),
        (5, "5"),
        (None, '""'),
        (True, "true"),
        ("{{city}}", "city"),
        ("{{x}}", '(x | default(""))'),
        ("a {{city}} b", '("a " ~ city ~ " b")'),
        ("", '""'),
    ],
)
def test_a_field_is_an_operand(written: object, ours: str) -> None:
    assert NAMES.operand(written) == ours


def test_the_name_of_a_variable_is_an_operand_without_braces() -> None:
    assert NAMES.source("city") == "city"
    assert NAMES.source("{{ city }}") == "city"
    assert NAMES.source("x") == '(x | default(""))'
    assert NAMES.source("no name") == '"no name"'


def nothing(_name: str) -> object:
    return ""


@given(st.text(max_size=60))
def test_any_text_is_an_expression_that_can_be_read(text: str) -> None:
    assert expression(NAMES.operand(text)).compute(nothing) is not None
    assert expression(quoted(text)).compute(nothing) == text


@given(st.text(max_size=200))
def test_any_name_becomes_one_that_is_allowed(name: str) -> None:
    assert variable(name).isidentifier()
    assert len(variable(name)) <= 100
