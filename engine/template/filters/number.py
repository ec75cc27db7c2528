"""Filters that calculate."""

import math
from collections.abc import Callable, Mapping

from engine.template.filters.error import FilterError
from engine.template.filters.sequence import at_path, items, path_of
from engine.template.filters.whole import amount, finite, whole

_MOST_DIGITS = 15
_MAX_INT_BITS = 3_000


def number(value: object) -> int | float:
    """`{{ "1.5" | number }}` gives `1.5`."""
    return amount(value)


def rounded(value: object, digits: object = 0) -> int | float:
    """`{{ 1.256 | round(2) }}` gives `1.26`; without digits, a whole number."""
    # Bounded: to round to a billion places takes an hour.
    places = int(max(-_MOST_DIGITS, min(amount(digits), _MOST_DIGITS)))
    result = round(finite(amount(value)), places)
    return int(result) if places <= 0 else result


def floor(value: object) -> int:
    """`{{ 1.7 | floor }}` gives `1`."""
    return math.floor(finite(amount(value)))


def ceil(value: object) -> int:
    """`{{ 1.2 | ceil }}` gives `2`."""
    return math.ceil(finite(amount(value)))


def fixed(value: object, digits: object = 2) -> str:
    """`{{ 1.5 | fixed(2) }}` gives `1.50` as text."""
    places = max(0, min(whole(digits), _MOST_DIGITS))
    return f"{rounded(value, places):.{places}f}"


def absolute(value: object) -> int | float:
    """`{{ -3 | abs }}` gives `3`; a minus in front belongs to the number."""
    return abs(amount(value))


def power(value: object, exponent: object) -> int | float:
    """`{{ 2 | power(10) }}` gives `1024`."""
    base, times = amount(value), amount(exponent)
    bits = base.bit_length() * abs(times) if isinstance(base, int) else 0
    try:
        result = float(base) ** times if bits > _MAX_INT_BITS or times < 0 else base**times
    except (OverflowError, ZeroDivisionError):
        result = math.inf
    if isinstance(result, complex):
        raise FilterError("takes no root of a negative number.")
    return finite(result)


def remainder(value: object, divisor: object) -> int | float:
    """`{{ -7 | remainder(3) }}` gives `-1`; its sign is that of the value, and with `%` that of 3."""
    left, right = amount(value), amount(divisor)
    if right == 0:
        raise FilterError("divides by 0.")
    if isinstance(left, int) and isinstance(right, int):
        return abs(left) % abs(right) * (-1 if left < 0 else 1)
    return math.fmod(left, right)


def between(value: object, low: object, high: object) -> int:
    """`{{ 0.5 | between(1, 6) }}` gives `4`; `random | between(1, 6)` throws a die."""
    share, least, most = amount(value), whole(low), whole(high)
    if not 0 <= share < 1 or most < least:
        raise FilterError("takes a number from 0 to below 1, and two whole numbers in their order.")
    return min(least + math.floor(share * (most - least + 1)), most)


def total(value: object, path: object = None) -> int | float:
    """`{{ [1, 2.5] | sum }}` gives `3.5`; 0 for an empty list; with a path, of that part of each item."""
    return _sum(_amounts(value, path))


def average(value: object, path: object = None) -> int | float | None:
    """`{{ [1, 2] | average }}` gives `1.5`; null for an empty list; with a path, of that part."""
    amounts = _amounts(value, path)
    return finite(_sum(amounts) / len(amounts)) if amounts else None


def smallest(value: object, path: object = None) -> object:
    """`{{ [3, 1] | min }}` gives `1`; null for an empty list; with a path, of that part of each item."""
    return min(_amounts(value, path), default=None)


def largest(value: object, path: object = None) -> object:
    """`{{ [3, 1] | max }}` gives `3`; null for an empty list; with a path, of that part of each item."""
    return max(_amounts(value, path), default=None)


def _amounts(value: object, path: object) -> list[int | float]:
    keys = None if path is None else path_of(path)
    return [amount(item if keys is None else at_path(item, keys)) for item in items(value)]


def _sum(amounts: list[int | float]) -> int | float:
    try:
        return finite(sum(amounts))
    except OverflowError:
        raise FilterError("would make a number that is too large.") from None


NUMBER: Mapping[str, Callable[..., object]] = {
    "number": number,
    "round": rounded,
    "floor": floor,
    "ceil": ceil,
    "fixed": fixed,
    "abs": absolute,
    "power": power,
    "remainder": remainder,
    "between": between,
    "sum": total,
    "average": average,
    "min": smallest,
    "max": largest,
}
