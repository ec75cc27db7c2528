"""Filters between formats: JSON, base64, URLs, digests, dates."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from engine import strict_json
from engine.template.filters.error import FilterError, too_large
from engine.template.filters.number import amount
from engine.template.operators import encodable, is_large, kind, text

_MAX_INDENT = 8
_DIRECTIVES = {"YYYY": "%Y", "MM": "%m", "DD": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}
_TOKEN = re.compile("|".join(_DIRECTIVES))


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


def sha256(value: object) -> str:
    """`{{ "" | sha256 }}` gives `e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`."""
    return hashlib.sha256(encodable(text(value)).encode()).hexdigest()


def date(value: object, pattern: object = "YYYY-MM-DD") -> str:
    """`{{ "2026-03-01T10:00:00Z" | date("DD.MM.YYYY HH:mm") }}` gives `01.03.2026 10:00`.

    Takes ISO 8601, or Unix seconds (then UTC). Letters: YYYY, MM, DD, HH, mm, ss.
    """
    moment = _moment(value)
    return _TOKEN.sub(lambda token: moment.strftime(_DIRECTIVES[token[0]]), text(pattern)[:200])


def _moment(value: object) -> datetime:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        return datetime.fromisoformat(text(value)[:100])
    except (ValueError, OverflowError, OSError):
        raise FilterError("takes a date: ISO 8601 (2026-03-01T10:00:00Z) or Unix seconds.") from None


ENCODING: Mapping[str, Callable[..., object]] = {
    "json": to_json,
    "fromJson": from_json,
    "base64": to_base64,
    "fromBase64": from_base64,
    "url": to_url,
    "fromUrl": from_url,
    "sha256": sha256,
    "date": date,
}
