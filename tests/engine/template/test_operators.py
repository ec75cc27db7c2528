import math

import pytest

from engine.template.errors import TemplateError
from engine.template.operators import (
    BINARY,
    MAX_DEPTH,
    MAX_SIZE,
    UNARY,
    encodable,
    is_large,
    is_too_deep,
    is_true,
    kind,
    text,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a", "a"),
        (None, ""),
        (True, "true"),
        (1, "1"),
        (1.5, "1.5"),
        ([1, "ä"], '[1,"ä"]'),
        ({"a": None}, '{"a":null}'),
    ],
)
def test_a_value_becomes_text_as_json_writes_it(value: object, written: str) -> None:
    assert text(value) == written


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (None, "nothing"),
        ("x", "text"),
        (1, "a number"),
        (True, "true or false"),
        ([], "a list"),
        ({}, "an object"),
    ],
)
def test_a_value_is_called_by_its_kind(value: object, word: str) -> None:
    assert kind(value) == word


@pytest.mark.parametrize("value", ["", [], {}, 0, 0.0, False, None])
def test_what_is_empty_counts_as_false(value: object) -> None:
    assert not is_true(value)


def test_a_huge_product_is_refused_before_it_is_computed() -> None:
    with pytest.raises(TemplateError, match="16 MiB"):
        BINARY["Mul"](10**5_000, 10**5_000, "x * x")


@pytest.mark.parametrize(("name", "left", "right"), [("Div", 1, 0), ("Mul", 1e308, 10), ("Mod", 1, 0)])
def test_a_result_that_is_no_number_is_an_error(name: str, left: float, right: float) -> None:
    with pytest.raises(TemplateError, match="divides by zero or overflows"):
        BINARY[name](left, right, "x")


@pytest.mark.parametrize("value", ["1", None, True, [1]])
def test_only_numbers_are_calculated_with(value: object) -> None:
    with pytest.raises(TemplateError, match="calculates with"):
        UNARY["Neg"](value, "x")


def test_whole_numbers_divide_to_whole_numbers_without_losing_digits() -> None:
    assert BINARY["Div"](12345678901234567890 * 3, 3, "x") == 12345678901234567890


def test_a_size_is_counted_with_its_indent() -> None:
    rows = [[1] * 200_000]

    assert not is_large(rows)
    assert is_large(rows, indent=math.ceil(MAX_SIZE / 200_000))


def test_half_a_character_is_an_error() -> None:
    assert encodable("😀") == "😀"
    with pytest.raises(TemplateError, match="holds what no text can"):
        encodable("\ud83d")


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


def test_depth_is_measured_without_recursion() -> None:
    assert not is_too_deep(nested(MAX_DEPTH))
    assert is_too_deep(nested(MAX_DEPTH + 1))
    assert is_too_deep(nested(100_000))
