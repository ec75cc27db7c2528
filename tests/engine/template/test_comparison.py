import pytest

from engine.errors import LoopiError
from engine.template.comparison import OPERATORS, PRESENCE, typed


@pytest.mark.parametrize(
    ("written", "value"), [("12", 12), ("007", "007"), ("[1]", [1]), ("x", "x"), ("true", True)]
)
def test_a_written_value_is_taken_for_what_it_spells(written: str, value: object) -> None:
    assert typed(written) == value


def test_text_meets_a_number_as_a_number() -> None:
    assert OPERATORS["equals"]("7", 7)
    assert not OPERATORS["equals"]("007", 7)
    assert OPERATORS["greaterThan"]("10", 9)


def test_what_has_no_order_is_an_error_in_words() -> None:
    with pytest.raises(LoopiError, match="compares a list with a number"):
        OPERATORS["lessThan"]([1], 2)


def test_presence_looks_at_one_side() -> None:
    assert [name for name, holds in PRESENCE.items() if holds("")] == ["exists", "isEmpty"]


@pytest.mark.parametrize(
    ("items", "wanted"), [([[1]], "[1]"), ([1], "1"), (["1"], 1), (["007"], "007"), ([True], "true")]
)
def test_a_list_contains_what_equals_one_of_its_items(items: list[object], wanted: object) -> None:
    assert OPERATORS["contains"](items, wanted)
    assert not OPERATORS["contains"]([2, "x"], wanted)
