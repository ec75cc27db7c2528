import pytest

from engine.template.filters.error import FilterError
from engine.template.filters.sequence import join, keys, length, pluck, sort, unique, where

ROWS = [{"id": 2, "user": {"name": "b"}}, {"id": 1, "user": {"name": "a"}}, {"id": 3}]


def test_unlike_kinds_are_sorted_without_being_compared() -> None:
    assert sort([None, "b", 2, "a", 1.5, True]) == [True, 1.5, 2, "a", "b", None]


def test_a_path_reaches_into_each_item() -> None:
    assert pluck(ROWS, "user.name") == ["b", "a", None]
    assert sort(ROWS, "id")[0] == ROWS[1]
    assert where(ROWS, "user.name", "a") == [ROWS[1]]


def test_only_the_parts_of_an_object_are_reached() -> None:
    assert pluck([{}, [], "x"], "__class__") == [None, None, None]


def test_items_are_equal_when_their_json_is() -> None:
    assert unique([{"a": 1, "b": 2}, {"b": 2, "a": 1}, 1, True]) == [{"a": 1, "b": 2}, 1, True]


def test_a_length_counts_items_keys_or_characters() -> None:
    assert (length([1, 2]), length({"a": 1}), length("four"), length(12345)) == (2, 1, 4, 5)


def test_a_list_is_asked_for_by_name() -> None:
    with pytest.raises(FilterError, match="takes a list"):
        join("abc")
    with pytest.raises(FilterError, match="takes an object"):
        keys([1])
