import pytest

from engine.template.filters.error import FilterError
from engine.template.filters.whole import amount, whole


@pytest.mark.parametrize(("written", "number"), [("7", 7), (" 1.5 ", 1.5), ("-2e3", -2000.0), (3, 3)])
def test_a_number_is_read_from_text(written: object, number: float) -> None:
    assert amount(written) == number


@pytest.mark.parametrize("written", ["", "x", "1_000", "inf", "nan", "1e999", True, None, [1], "9" * 401])
def test_what_is_no_number_is_refused(written: object) -> None:
    with pytest.raises(FilterError, match="takes a number"):
        amount(written)


@pytest.mark.parametrize("written", [1.5, "1e300", 2**53, "x", True])
def test_a_position_is_a_whole_number_of_some_size(written: object) -> None:
    with pytest.raises(FilterError, match="number"):
        whole(written)


def test_a_number_beyond_what_a_float_holds_is_a_number() -> None:
    assert amount("9" * 400) == int("9" * 400)


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert (whole("2.0"), whole(-3), whole(" 7 ")) == (2, -3, 7)
