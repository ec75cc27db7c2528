import pytest

from drive.templates import compute, refusal
from engine.template.filters.error import FilterError
from engine.template.filters.gathering import chunk, compact, concat, flatten, group, merge, position, where

PEOPLE = [{"n": "Ada", "age": 36}, {"n": "Bob", "age": "17"}, {"n": "", "age": None}, {"tags": ["x"]}]


@pytest.mark.parametrize(
    ("operator", "path", "wanted", "found"),
    [
        ("", "n", "Ada", [0]),
        ("equals", "age", 17, [1]),
        ("notEquals", "n", "Ada", [1, 2, 3]),
        ("greaterThan", "age", 17, [0]),
        ("lessOrEqual", "age", "17", [1]),
        ("contains", "tags", "x", [3]),
        ("startsWith", "n", "A", [0]),
        ("exists", "n", "", [0, 1, 2]),
        ("isEmpty", "n", "", [2, 3]),
        ("isNotEmpty", "n", "", [0, 1]),
    ],
)
def test_items_are_chosen_as_conditions_compare(
    operator: str, path: str, wanted: object, found: list[int]
) -> None:
    assert where(PEOPLE, path, wanted, operator) == [PEOPLE[index] for index in found]


def test_without_a_comparison_true_and_1_are_not_the_same() -> None:
    assert where([{"a": 1}, {"a": True}], "a") == [{"a": True}]
    assert where([1, True], "", 1) == [1]


def test_an_unknown_comparison_names_the_nearest() -> None:
    with pytest.raises(FilterError, match="did you mean greaterThan"):
        where([], "a", 1, "greaterthan")


def test_lists_are_put_together_and_apart() -> None:
    assert concat([1], 2) == [1, 2]
    assert flatten([[1, [2]], 3]) == [1, [2], 3]
    assert compact([0, False, None, "", [], {}, "a"]) == [0, False, "a"]
    assert chunk([1, 2, 3], 2) == [[1, 2], [3]]
    assert merge({"a": 1, "b": 1}, {"b": 2}) == {"a": 1, "b": 2}
    assert group([{"k": 1}, {"k": "1"}, {}], "k") == {"1": [{"k": 1}, {"k": "1"}], "": [{}]}
    assert (position([True, 1], 1), position("abc", "x")) == (1, -1)


@pytest.mark.parametrize("size", [0, -1, 0.5, "x"])
def test_a_chunk_has_a_size(size: object) -> None:
    with pytest.raises(FilterError):
        chunk([1], size)


@pytest.mark.parametrize("source", ["{0} | flatten", "{0} | where('', 'q', 'contains')", "{0} | join"])
def test_one_large_value_many_times_over_is_refused_before_it_is_searched(source: str) -> None:
    many = "[" + ",".join(["big"] * 400) + "]"

    assert refusal(lambda: compute(source.format(many), {"big": "x" * 1_000_000})) == "template.too_large"


def test_a_chain_of_doublings_ends_at_the_largest_size() -> None:
    source = "a" + " | concat(a)" * 8

    assert refusal(lambda: compute(source, {"a": [0] * 2_000_000})) == "template.too_large"


@pytest.mark.parametrize("operator", ["", "equals", "contains", "startsWith"])
def test_a_long_value_is_not_compared_with_each_of_many_items(operator: str) -> None:
    with pytest.raises(FilterError, match="16 MiB"):
        where(list(range(2_000)), "", "[" + "1," * 40_000 + "1]", operator)
