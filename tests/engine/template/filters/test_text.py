import pytest

from drive.templates import compute, refusal
from engine.template.filters.error import FilterError
from engine.template.filters.text import after, before, default, pad_end, pad_start, replace, split, truncate


def test_a_default_stands_in_for_null_and_not_for_what_is_empty() -> None:
    assert default(None, 1) == 1
    assert default("", 1) == ""
    assert default(0, 1) == 0


def test_an_empty_separator_splits_at_spaces() -> None:
    assert split(" a  b ", "") == ["a", "b"]


def test_a_text_is_not_split_into_more_than_a_million_parts() -> None:
    with pytest.raises(FilterError, match="1,000,000 parts"):
        split("," * 2_000_000)


def test_replacing_nothing_is_bounded_too() -> None:
    with pytest.raises(FilterError, match="16 MiB"):
        replace("a" * 1_000_000, "", "b" * 100)


@pytest.mark.parametrize(
    "source", ['"ab" | repeat(1e9)', '"a" | padStart(1e9)', '"" | padEnd(99999999, "ab")']
)
def test_a_filter_that_multiplies_stops_at_the_largest_size(source: str) -> None:
    assert refusal(lambda: compute(source)) == "template.filter"


def test_padding_ends_at_its_width_and_never_cuts() -> None:
    assert (pad_start("7", 4, "ab"), pad_end("7", 4, "ab")) == ("aba7", "7aba")
    assert (pad_start("long", 2), pad_end("x", 5, ""), pad_start("x", -3)) == ("long", "x", "x")


def test_a_part_of_a_text_is_found_by_a_sign() -> None:
    assert (before("a-b-c", "-"), after("a-b-c", "-"), before("abc", "-"), after("abc", "-")) == (
        "a",
        "b-c",
        "abc",
        "",
    )
    with pytest.raises(FilterError):
        before("abc", "")


def test_a_shortened_text_has_at_most_its_length() -> None:
    assert [truncate("Hello", most) for most in (9, 5, 3, 1, 0)] == ["Hello", "Hello", "He…", "…", ""]
