"""JSON as RFC 8259 has it: NaN, Infinity and numbers that overflow, which Python reads too, are refused."""

import json
import math
from typing import NoReturn

from engine.model import Json


def loads(written: str) -> Json:
    """The value of a JSON text. Raises ValueError, or RecursionError for one nested too deep."""
    value: Json = _DECODER.decode(written)
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _finite(written: str) -> float:
    value = float(written)
    if not math.isfinite(value):
        raise ValueError("a number is larger than a number may be")
    return value


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)
