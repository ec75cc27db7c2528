import pytest

from engine.template.filters.error import FilterError
from engine.template.filters.number import amount, largest, rounded, total


@pytest.mark.parametrize(("written", "number"), [("7", 7), (" 1.5 ", 1.5), ("-2e3", -2000.0), (3, 3)])
def test_a_number_is_read_from_text(written: object, number: float) -> None:
    assert amount(written) == number


@pytest.mark.parametrize("written", ["", "x", "1_000", "inf", "nan", "1e999", True, None, [1], "9" * 401])
def test_what_is_no_number_is_refused(written: object) -> None:
    with pytest.raises(FilterError, match="takes a number"):
        amount(written)


@pytest.mark.parametrize(
    ("value", "digits", "result"), [(1.256, 2, 1.26), (1.5, 0, 2), (1234, -2, 1200), (5, -(10**9), 0)]
)
def test_rounding_is_bounded(value: float, digits: int, result: float) -> None:
    assert rounded(value, digits) == result


def test_a_sum_of_nothing_is_0_and_its_largest_item_null() -> None:
    assert total([]) == 0
    assert largest([]) is None


def test_a_sum_that_overflows_is_refused() -> None:
    with pytest.raises(FilterError, match="infinite"):
        total([1e308, 1e308])
    with pytest.raises(FilterError, match="too large"):
        total([10**400, 0.5])
