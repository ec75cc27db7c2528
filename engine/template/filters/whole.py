"""The numbers that filters are given: read from what a person wrote, and bounded."""

import math

from engine.template.filters.error import FilterError
from engine.template.operators import text

_LONGEST_NUMBER = 400
_LARGEST = 2**53


def amount(value: object) -> int | float:
    """The number that a value is or spells. Raises FilterError."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    written = text(value).strip()
    if len(written) <= _LONGEST_NUMBER and "_" not in written:
        for kind in (int, float):
            try:
                return finite(kind(written))
            except ValueError:
                continue
    raise FilterError("takes a number.")


def finite(value: float) -> int | float:
    """The number itself. Raises FilterError for one that is infinite or none."""
    if isinstance(value, int) or math.isfinite(value):
        return value
    raise FilterError("takes a number, and makes one, that is not infinite.")


def whole(value: object) -> int:
    """A whole number of a size that positions and lengths have. Raises FilterError."""
    number = amount(value)
    if not -_LARGEST < number < _LARGEST or number != int(number):
        raise FilterError("takes a whole number.")
    return int(number)
