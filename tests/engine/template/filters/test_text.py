import pytest

from engine.template.filters.error import FilterError
from engine.template.filters.text import default, replace, split


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
