"""X's request limits, read from the headers of an answer. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from engine.rate_limit import Limit

# Prefix of the three headers -limit, -remaining and -reset, and what the limit is called.
_WINDOWS = (
    ("x-rate-limit", "limit of 15 minutes"),
    ("x-user-limit-24hour", "limit of 24 hours for this account"),
    ("x-app-limit-24hour", "limit of 24 hours for this app"),
)
_NUMBER = re.compile(r"[0-9]{1,10}")
_MARGIN_S = 1.0
_OWN_PART = re.compile(r"(?<=[a-z]/)[0-9]+(?=/|$)|(?<=/by/username/).+")


def family(method: str, path: str) -> str:
    """The kind of a request, for which X keeps one count: `GET /2/users/:/tweets`."""
    return f"{method} {_OWN_PART.sub(':', path)}"


def used_up(headers: Mapping[str, str], now: float, *, is_refused: bool = False) -> Limit | None:
    """The limit that must end before the next request of this kind, or None when more are allowed."""
    until = reset_at(headers, now, is_refused=is_refused)
    return None if until is None else Limit(until, f"{_name(headers)} of X")


def reset_at(headers: Mapping[str, str], now: float, *, is_refused: bool = False) -> float | None:
    """When the next request may be sent, in Unix seconds: the latest reset among the limits that are used up.

    Without one, Retry-After in seconds counts; for a request that was refused (429), the end of the window
    as well, whatever X says is left of it. None when X says nothing.
    """
    resets = [reset for reset, _ in _exhausted(headers)]
    if resets:
        return max(resets) + _MARGIN_S
    delay_s = _number(headers.get("retry-after"))
    if delay_s is not None:
        return now + delay_s
    reset = _number(headers.get("x-rate-limit-reset"))
    return reset + _MARGIN_S if is_refused and reset is not None and reset > now else None


def describe_limit(headers: Mapping[str, str], until: float | None) -> str:
    """A sentence that names the limit and its end, with a space after it; empty when nothing is known."""
    if until is None:
        return ""
    return f"The {_name(headers)} ends at {datetime.fromtimestamp(until, UTC):%Y-%m-%d %H:%M:%S} UTC. "


def _name(headers: Mapping[str, str]) -> str:
    return max(_exhausted(headers), default=(0.0, "limit"))[1]


def _exhausted(headers: Mapping[str, str]) -> list[tuple[float, str]]:
    found = []
    for prefix, name in _WINDOWS:
        reset = _number(headers.get(f"{prefix}-reset"))
        if _number(headers.get(f"{prefix}-remaining")) == 0 and reset is not None:
            found.append((float(reset), name))
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and _NUMBER.fullmatch(text.strip()) else None
