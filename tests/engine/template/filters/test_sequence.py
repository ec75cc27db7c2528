import pytest

from engine.template.filters.error import FilterError
from engine.template.filters.sequence import cut, get, join, keys, length, pluck, sort, unique, values

ROWS = [{"id": 2, "user": {"name": "b"}}, {"id": 1, "user": {"name": "a"}}, {"id": 3}]


def test_unlike_kinds_are_sorted_without_being_compared() -> None:
    assert sort([None, "b", 2, "a", 1.5, True]) == [True, 1.5, 2, "a", "b", None]


def test_a_path_reaches_into_each_item() -> None:
    assert pluck(ROWS, "user.name") == ["b", "a", None]
    assert sort(ROWS, "id")[0] == ROWS[1]
    assert sort(ROWS, "id", "down")[0] == ROWS[2]
    assert unique([*ROWS, *ROWS], "user.name") == ROWS


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


def test_a_path_is_written_with_points_or_brackets() -> None:
    deep = {"a": [{"b": {"0": "x"}}]}

    assert get(deep, "a[0].b.0") == get(deep, "a.0.b[0]") == "x"
    assert get(deep, "") == deep
    assert get(deep, "a[7].b") is None
    assert get("text", "__class__") is None


def test_a_slice_may_count_from_the_end() -> None:
    assert (cut("London", -3), cut([1, 2, 3], 1), cut("ab", 5, 9), cut(12345, 1, 3)) == (
        "don",
        [2, 3],
        "",
        "23",
    )


def test_values_are_those_of_an_object() -> None:
    assert values({"a": 1}) == [1]
    with pytest.raises(FilterError, match="takes an object"):
        values([1])


def test_a_path_that_is_deeper_than_data_is_refused() -> None:
    with pytest.raises(FilterError, match="at most 40 parts"):
        pluck(["a"], "0." * 41)
