import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import LoopiError
from engine.template.comparison import typed
from engine.template.errors import TemplateError, UnknownName
from engine.template.operators import MAX_SIZE
from engine.variables import NAME, RESERVED, Scope, bounded, modified


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("London", "London"),
        ("7", 7),
        ("-7", -7),
        ("1.5", 1.5),
        ("0", 0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("[1, 2]", [1, 2]),
        ('{"a": 1}', {"a": 1}),
        ("007", "007"),
        ("+7", "+7"),
        ("1e5", "1e5"),
        ("1.50", "1.50"),
        ("-0", "-0"),
        ("12345678901234567890", "12345678901234567890"),
        ("9007199254740993", "9007199254740993"),
        ("1e999", "1e999"),
        ("[1e999]", "[1e999]"),
        ("NaN", "NaN"),
        ("[NaN]", "[NaN]"),
        ("-Infinity", "-Infinity"),
        ("True", "True"),
        (" 7", " 7"),
        ("", ""),
        ("{broken", "{broken"),
        ("[" * 100_000, "[" * 100_000),
        ("9" * 5_000, "9" * 5_000),
        ('"quoted"', '"quoted"'),
    ],
)
def test_a_written_text_keeps_every_character_or_becomes_json(written: str, value: object) -> None:
    assert typed(written) == value
    assert type(typed(written)) is type(value)


@given(st.text())
def test_what_is_typed_as_a_number_is_written_the_same(written: str) -> None:
    value = typed(written)

    assert isinstance(value, str | bool | list | dict | None) or str(value) == written


def test_a_name_is_looked_up_from_the_inside_out() -> None:
    outer = Scope({"a": 1, "b": 1})
    inner = Scope({"a": 2}, outer)

    assert (inner.lookup("a"), inner.lookup("b"), outer.lookup("a")) == (2, 1, 1)


def test_a_variable_is_set_where_it_lives_and_a_new_one_outside_the_loop() -> None:
    outer = Scope({"total": 0})
    inner = Scope({"item": 1}, Scope({"row": 1}, outer))

    inner.set("total", 5)
    inner.set("new", 6)
    inner.set("item", 7)

    assert (outer.lookup("total"), outer.lookup("new"), inner.lookup("item")) == (5, 6, 7)
    with pytest.raises(UnknownName):
        outer.lookup("item")


def test_an_isolated_scope_keeps_everything_to_itself() -> None:
    outer = Scope({"total": 0})
    isolated = Scope({"item": 1}, outer, is_isolated=True)
    inside = Scope({"x": 1}, isolated)

    inside.set("total", 5)
    inside.leave("step", {"data": 1})

    assert outer.lookup("total") == 0
    assert inside.lookup("total") == 5
    assert isolated.lookup("steps") == {"step": {"data": 1}}
    assert outer.lookup("steps") == {}


def test_the_outputs_of_outer_blocks_are_seen_inside() -> None:
    outer = Scope({})
    outer.leave("a", {"data": 1})
    isolated = Scope({}, outer, is_isolated=True)
    isolated.leave("b", {"data": 2})

    assert isolated.lookup("steps") == {"a": {"data": 1}, "b": {"data": 2}}


def test_what_is_stored_of_all_steps_does_not_contain_itself() -> None:
    scope = Scope({})
    scope.leave("a", {"data": 1})
    before = scope.lookup("steps")

    scope.leave("b", {"data": 2})

    assert before == {"a": {"data": 1}}


def test_an_unknown_name_is_answered_with_the_nearest_and_the_way_to_a_default() -> None:
    with pytest.raises(UnknownName, match="no variable named wether") as caught:
        Scope({"weather": 1}).lookup("wether")

    assert (
        caught.value.hint == 'Did you mean weather? To allow that it is missing: {{ wether | default("") }}.'
    )


def test_credentials_are_no_variable() -> None:
    with pytest.raises(TemplateError) as caught:
        Scope({}).lookup("credentials")

    assert caught.value.code == "template.credentials_not_here"
    assert {"credentials", "steps", "true"} <= RESERVED
    assert NAME.fullmatch("a\n") is None


@pytest.mark.parametrize(
    ("operation", "current", "value", "result"),
    [
        ("set", 1, "x", "x"),
        ("increment", 1, None, 2),
        ("increment", "1", "", 2),
        ("increment", 1, "2", 3),
        ("increment", 0.5, 1, 1.5),
        ("decrement", 1, 3, -2),
        ("append", [1], [2], [1, [2]]),
        ("append", None, 1, [1]),
        ("append", "a", 1, "a1"),
        ("append", 1, "a", "1a"),
    ],
)
def test_a_variable_is_changed(operation: str, current: object, value: object, result: object) -> None:
    assert modified(operation, current, value) == result  # type: ignore[arg-type]  # JSON, all of it


@pytest.mark.parametrize(
    ("operation", "current", "value"),
    [
        ("increment", "x", 1),
        ("increment", True, 1),
        ("decrement", 1, "x"),
        ("append", {}, 1),
        ("increment", 1e308, 1e308),
    ],
)
def test_what_cannot_be_changed_is_an_error_in_words(operation: str, current: object, value: object) -> None:
    with pytest.raises(LoopiError) as caught:
        modified(operation, current, value)  # type: ignore[arg-type]  # JSON, all of it

    assert caught.value.code == "variable.type"


def test_a_list_is_not_changed_under_those_who_hold_it() -> None:
    held = [1]

    assert modified("append", held, 2) == [1, 2]
    assert held == [1]


def test_no_variable_outgrows_the_largest_size() -> None:
    half = "x" * (MAX_SIZE // 2 + 1)

    with pytest.raises(TemplateError, match="16 MiB"):
        modified("append", half, half)
    with pytest.raises(TemplateError, match="16 MiB"):
        bounded([half, half], "x")
    assert bounded(half, "x") is half
