import pytest

from engine.template.filters.error import FilterError
from engine.template.filters.number import between, fixed, largest, power, remainder, rounded, total


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


@pytest.mark.parametrize(("base", "exponent"), [(10, 10**10), (-8, 0.5), (0, -1), (1e300, 2)])
def test_a_power_is_a_number_of_bounded_size(base: float, exponent: float) -> None:
    with pytest.raises(FilterError):
        power(base, exponent)


def test_powers_of_whole_numbers_are_whole() -> None:
    assert power(10**300, 2) == 10**600
    assert (power(2, 100), power("2", "-1"), power(4, 0.5)) == (2**100, 0.5, 2.0)


def test_a_remainder_has_the_sign_of_the_value() -> None:
    assert [remainder(a, b) for a, b in [(7, 3), (-7, 3), (7, -3), (-7.5, 2)]] == [1, -1, 1, -1.5]
    with pytest.raises(FilterError, match="divides by 0"):
        remainder(1, 0)


def test_a_share_becomes_a_whole_number_of_a_range() -> None:
    assert [between(share, 1, 6) for share in (0, 0.1666, 0.1667, 0.999999999999)] == [1, 1, 2, 6]
    assert between(0.9999999999999999, 0, 2**53 - 1) <= 2**53 - 1
    for bad in [(1, 1, 6), (-0.1, 1, 6), (0.5, 6, 1), (0.5, 1.5, 2)]:
        with pytest.raises(FilterError):
            between(*bad)


def test_a_fixed_number_of_digits_is_text() -> None:
    assert (fixed(2, 2), fixed("1.005", 1), fixed(3.999, 0)) == ("2.00", "1.0", "4")
