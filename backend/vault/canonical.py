"""Canonical JSON: sorted keys, no spaces, ASCII. Pure."""

import json
from typing import NoReturn


def dump(value: object) -> bytes:
    """The one spelling of a JSON value.

    Raises:
        TypeError, ValueError, RecursionError: the value is not JSON.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.encode("ascii")


def load(data: bytes) -> object:
    """The JSON value in UTF-8 bytes; NaN and Infinity are no JSON.

    Raises:
        ValueError, RecursionError: the bytes are not JSON, or nest too deep.
    """
    value: object = json.loads(data.decode("utf-8"), parse_constant=_refuse)
    return value


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
