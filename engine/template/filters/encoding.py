"""Filters between formats: JSON, base64, hexadecimal, URLs."""

import base64
import json
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote, urlencode

from engine import strict_json
from engine.template.filters.error import FilterError, too_large
from engine.template.filters.whole import amount
from engine.template.operators import MAX_SIZE, encodable, is_large, kind, text

_MAX_INDENT = 8


def to_json(value: object, indent: object = None) -> str:
    """`{{ {"a": 1} | json }}` gives `{"a": 1}` as text; `json(2)` on several lines."""
    spaces = None if indent is None else int(max(0, min(amount(indent), _MAX_INDENT)))
    if is_large(value, indent=spaces or 0):
        raise too_large()
    return json.dumps(value, ensure_ascii=False, indent=spaces, default=kind)


def from_json(value: object) -> object:
    """`{{ "[1, 2]" | fromJson }}` gives the list `[1, 2]`."""
    try:
        return strict_json.loads(text(value))
    except (ValueError, RecursionError):
        raise FilterError("takes a text that is JSON.") from None


def to_base64(value: object) -> str:
    """`{{ "hi" | base64 }}` gives `aGk=`."""
    return base64.b64encode(encodable(text(value)).encode()).decode()


def from_base64(value: object) -> str:
    """`{{ "aGk=" | fromBase64 }}` gives `hi`."""
    try:
        return base64.b64decode(text(value), validate=True).decode()
    except ValueError:
        raise FilterError("takes the base64 of a text.") from None


def to_url(value: object) -> str:
    """`{{ "a b&c" | url }}` gives `a%20b%26c`."""
    return quote(encodable(text(value)), safe="")


def from_url(value: object) -> str:
    """`{{ "a%20b" | fromUrl }}` gives `a b`."""
    return unquote(text(value))


def to_query(value: object) -> str:
    """`{{ {"q": "a b", "n": 2} | query }}` gives `q=a%20b&n=2`; a list repeats its name."""
    if not isinstance(value, Mapping):
        raise FilterError("takes an object.")
    pairs: list[tuple[str, str]] = []
    size = 0
    for name, given in value.items():
        for each in given if isinstance(given, list | tuple) else (given,):
            pairs.append((encodable(str(name)), encodable(text(each))))
            # A name of a million characters may be repeated a million times.
            size += len(pairs[-1][0]) + len(pairs[-1][1])
            if size > MAX_SIZE:
                raise too_large()
    return urlencode(pairs, quote_via=quote)


def to_base64url(value: object) -> str:
    """`{{ "<<??>>" | base64url }}` gives `PDw_Pz4-`; without = at the end, as tokens are written."""
    return base64.urlsafe_b64encode(encodable(text(value)).encode()).decode().rstrip("=")


def to_hex(value: object) -> str:
    """`{{ "hi" | hex }}` gives `6869`."""
    return encodable(text(value)).encode().hex()


ENCODING: Mapping[str, Callable[..., object]] = {
    "json": to_json,
    "fromJson": from_json,
    "base64": to_base64,
    "base64url": to_base64url,
    "fromBase64": from_base64,
    "hex": to_hex,
    "url": to_url,
    "fromUrl": from_url,
    "query": to_query,
}
