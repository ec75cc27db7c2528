import pytest

from engine.price import Price, dollars


@pytest.mark.parametrize(
    ("mills", "shown"),
    [
        (0, "$0.00"),
        (5, "$0.005"),
        (15, "$0.015"),
        (200, "$0.20"),
        (1500, "$1.50"),
        (1_234_567, "$1,234.567"),
        (1000, "$1.00"),
    ],
)
def test_an_amount_has_as_many_digits_as_it_needs(mills: int, shown: str) -> None:
    assert dollars(mills) == shown


@pytest.mark.parametrize(
    ("price", "words"),
    [(Price(15, 15), "$0.015"), (Price(15, 200), "$0.015 to $0.20"), (Price(0, 50), "up to $0.05")],
)
def test_a_price_is_told_with_what_is_not_known(price: Price, words: str) -> None:
    assert price.in_words() == words
