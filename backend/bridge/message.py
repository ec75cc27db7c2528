"""JSON as it comes in and goes out: strict, of bounded depth, with no number that JSON has not."""

import json
import re

from backend.bridge.errors import Refusal
from engine.strict_json import finite, no_constant, once

MAX_DEPTH = 200
MAX_DIGITS = 400
_OPENING_OR_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)


def read_object(content: bytes) -> dict[str, object]:
    """A body's JSON object; an empty body is an empty one. Raises Refusal `bridge.not_json`."""
    if not content:
        return {}
    if _depth(content) > MAX_DEPTH:
        raise Refusal("bridge.not_json", f"The request is nested deeper than {MAX_DEPTH} levels.")
    try:
        found = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=once,
            parse_constant=no_constant,
            parse_float=finite,
            parse_int=_int,
        )
    except (ValueError, RecursionError):
        # `from None`: the exception holds the text, which may be a passphrase.
        raise Refusal("bridge.not_json") from None
    if not isinstance(found, dict):
        raise Refusal("bridge.not_json", "The request is no JSON object.")
    return found


def encode(value: object) -> bytes:
    """UTF-8 JSON. Half a surrogate pair, which UTF-8 has not, is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def _depth(content: bytes) -> int:
    """How deep lists and objects are nested; what stands in texts does not count."""
    deepest = depth = 0
    for found in _OPENING_OR_TEXT.finditer(content):
        sign = found[0]
        if sign in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in b"]}":
            depth -= 1
    return deepest


def _int(written: str) -> int:
    if len(written) > MAX_DIGITS:
        raise ValueError("a number is too long")
    return int(written)
