"""Filters that calculate."""

import math
from collections.abc import Callable, Mapping

from engine.template.filters.error import FilterError
from engine.template.filters.sequence import items
from engine.template.operators import text

_LONGEST_NUMBER = 400
_MOST_DIGITS = 15


def amount(value: object) -> int | float:
    """The number that a value is or spells. Raises FilterError."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    written = text(value).strip()
    if len(written) <= _LONGEST_NUMBER and "_" not in written:
        for kind in (int, float):
            try:
                return _finite(kind(written))
            except ValueError:
                continue
    raise FilterError("takes a number.")


def _finite(value: float) -> int | float:
    if math.isfinite(value):
        return value
    raise FilterError("takes a number, and makes one, that is not infinite.")


def number(value: object) -> int | float:
    """`{{ "1.5" | number }}` gives `1.5`."""
    return amount(value)


def rounded(value: object, digits: object = 0) -> int | float:
    """`{{ 1.256 | round(2) }}` gives `1.26`; without digits, a whole number."""
    # Bounded: to round to a billion places takes an hour.
    places = int(max(-_MOST_DIGITS, min(amount(digits), _MOST_DIGITS)))
    result = round(_finite(amount(value)), places)
    return int(result) if places <= 0 else result


def absolute(value: object) -> int | float:
    """`{{ -3 | abs }}` gives `3`; a minus in front belongs to the number."""
    return abs(amount(value))


def total(value: object) -> int | float:
    """`{{ [1, 2.5] | sum }}` gives `3.5`; 0 for an empty list."""
    return _finite_sum([amount(item) for item in items(value)])


def _finite_sum(amounts: list[int | float]) -> int | float:
    try:
        return _finite(sum(amounts))
    except OverflowError:
        raise FilterError("would make a number that is too large.") from None


def smallest(value: object) -> object:
    """`{{ [3, 1] | min }}` gives `1`; null for an empty list."""
    return min(map(amount, items(value)), default=None)


def largest(value: object) -> object:
    """`{{ [3, 1] | max }}` gives `3`; null for an empty list."""
    return max(map(amount, items(value)), default=None)


NUMBER: Mapping[str, Callable[..., object]] = {
    "number": number,
    "round": rounded,
    "abs": absolute,
    "sum": total,
    "min": smallest,
    "max": largest,
}
