"""JSON as RFC 8259 has it: NaN, Infinity and numbers that overflow, which Python reads too, are refused."""

import json
import math
from typing import NoReturn

from engine.model import Json


def loads(written: str) -> Json:
    """The value of a JSON text. Raises ValueError, or RecursionError for one nested too deep."""
    value: Json = _DECODER.decode(written)
    return value


def no_constant(name: str) -> NoReturn:
    """For `parse_constant`. Raises ValueError."""
    raise ValueError(f"{name} is no JSON number")


def finite(written: str) -> float:
    """For `parse_float`. Raises ValueError for a number that overflows."""
    value = float(written)
    if not math.isfinite(value):
        raise ValueError("a number is larger than a number may be")
    return value


def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """For `object_pairs_hook`, where two readers must not see two things. Raises ValueError."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


_DECODER = json.JSONDecoder(parse_constant=no_constant, parse_float=finite)
