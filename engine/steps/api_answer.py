"""From an answer to what the step leaves, and to why it failed. Pure: the time comes in as an argument."""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TypeAlias

from engine.effects import Failure
from engine.http.content import Content
from engine.http.header import Headers
from engine.model import Json
from engine.steps.api_body import refuse

Ranges: TypeAlias = tuple[tuple[int, int], ...]

RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504})
MAX_WAIT_S = 31 * 24 * 3600.0
MAX_MESSAGE = 300

_RANGES_LOOK = 'must be a list such as [200, 404] or ["200-299"]'
_RANGE = re.compile(r"([1-5][0-9]{2})(?:\s*-\s*([1-5][0-9]{2}))?")
_HINT_BROKEN = "The service has a problem. Try again later."
_HINTS = {
    400: "Look at what the step sends: the service does not accept it.",
    401: "Check the credential: its key may be mistyped, expired or withdrawn.",
    403: "The credential is known but may not do this. Look at its permissions at the service.",
    404: "Check the address and the ids in it.",
    405: "Check the method: this address does not take it.",
    422: "Look at what the step sends: the service does not accept it.",
    429: "Too many requests for now. Give the step a retry, or wait.",
}


def ok_ranges(allowed: object) -> Ranges:
    """The ranges of `okStatuses`: numbers, or texts like "200-299"; 200 to 399 when not given.

    Raises HttpError `http.invalid_request`: to be asked before anything is sent.
    """
    return ((200, 399),) if allowed is None else status_ranges(allowed, "okStatuses")


def status_ranges(given: object, field: str) -> Ranges:
    """The ranges of a field that lists statuses. Raises HttpError `http.invalid_request`."""
    if not isinstance(given, list | tuple):
        refuse(field, _RANGES_LOOK)
    return tuple(_range(each, field) for each in given)


def holds(ranges: Ranges, status: int) -> bool:
    """Whether a status is in one of the ranges."""
    return any(low <= status <= high for low, high in ranges)


def _range(rule: object, field: str) -> tuple[int, int]:
    found = _RANGE.fullmatch(str(rule).strip())
    if found is None or isinstance(rule, bool):
        refuse(field, _RANGES_LOOK)
    return int(found[1]), int(found[2] or found[1])


def failure_of(
    status: int, headers: Headers, content: Content, *, has_credential: bool, now_s: float
) -> Failure:
    """Why a status outside `okStatuses` failed the step, in the service's own words where it has some."""
    refused = {401: "http.unauthorized", 403: "http.forbidden"} if has_credential else {}
    said = service_message(content.data)
    fallback = _HINT_BROKEN if status >= 500 else "Look at the answer in the run's log."
    return Failure(
        code=refused.get(status, "http.status"),
        message=f"The server answered {status}{_phrase(status)}{f': {said}' if said else '.'}",
        hint=_HINTS.get(status, fallback),
        retryable=status in RETRYABLE,
        retry_at=retry_time(headers, now_s, is_limit=status == 429),
    )


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""


def service_message(data: Json) -> str:
    """What a service says about an error, from where services say it; "" when there is nothing readable."""
    if isinstance(data, str):
        return "" if data.lstrip().startswith("<") else _short(data)
    if not isinstance(data, Mapping):
        return ""
    return next((text for look in _LOOKS if (text := _short(look(data)))), "")


def _short(value: object) -> str:
    if not isinstance(value, str):
        return ""
    text = " ".join(value.split())
    return text if len(text) <= MAX_MESSAGE else text[: MAX_MESSAGE - 1] + "…"


def _inside(data: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    value = data.get(key)
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, Mapping) else {}


_LOOKS: tuple[Callable[[Mapping[str, Json]], object], ...] = (
    lambda data: _inside(data, "error").get("message"),
    lambda data: data.get("message"),
    lambda data: data.get("detail"),
    lambda data: data.get("error_description"),
    lambda data: data.get("title"),
    lambda data: _inside(data, "errors").get("message"),
    lambda data: _inside(data, "errors").get("detail"),
    lambda data: data.get("error"),
)


def retry_time(headers: Headers, now_s: float, *, is_limit: bool) -> float | None:
    """When to ask again, as Unix time: by Retry-After (RFC 9110 §10.2.3), or by X's limit header."""
    asked = _retry_after(headers.get("retry-after"), now_s)
    if asked is None and is_limit:
        asked = _number(headers.get("x-rate-limit-reset"))
    return None if asked is None else min(max(asked, now_s), now_s + MAX_WAIT_S)


def _retry_after(value: str | None, now_s: float) -> float | None:
    seconds = _number(value)
    if value is None or seconds is not None:
        return None if seconds is None else now_s + seconds
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def _number(value: str | None) -> float | None:
    text = (value or "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None
