"""Filters that make text of any value."""

from collections.abc import Callable, Mapping
from html import escape

from engine.template.filters.error import FilterError, too_large
from engine.template.filters.whole import whole
from engine.template.operators import MAX_SIZE, text

_MOST_PARTS = 1_000_000


def default(value: object, fallback: object = "") -> object:
    """`{{ missing | default("none") }}` gives `none`; also for null."""
    return fallback if value is None else value


def upper(value: object) -> str:
    """`{{ "london" | upper }}` gives `LONDON`."""
    return text(value).upper()


def lower(value: object) -> str:
    """`{{ "London" | lower }}` gives `london`."""
    return text(value).lower()


def capitalize(value: object) -> str:
    """`{{ "new york" | capitalize }}` gives `New york`; the rest stays as it is."""
    written = text(value)
    return written[:1].upper() + written[1:]


def trim(value: object) -> str:
    """`{{ "  London " | trim }}` gives `London`."""
    return text(value).strip()


def replace(value: object, old: object, new: object = "") -> str:
    """`{{ "a-b" | replace("-", "+") }}` gives `a+b`."""
    source, pattern, substitute = text(value), text(old), text(new)
    if len(source) + source.count(pattern) * len(substitute) > MAX_SIZE:
        raise too_large()
    return source.replace(pattern, substitute)


def split(value: object, separator: object = ",") -> list[str]:
    """`{{ "a,b" | split(",") }}` gives `["a", "b"]`; an empty separator splits at spaces."""
    parts = text(value).split(text(separator) or None, _MOST_PARTS)
    if len(parts) > _MOST_PARTS:
        raise FilterError(f"would make more than {_MOST_PARTS:,} parts.")
    return parts


def pad_start(value: object, width: object, fill: object = " ") -> str:
    """`{{ 7 | padStart(3, "0") }}` gives `007`."""
    written = text(value)
    return _padding(written, width, fill) + written


def pad_end(value: object, width: object, fill: object = " ") -> str:
    """`{{ "ab" | padEnd(4, ".") }}` gives `ab..`."""
    written = text(value)
    return written + _padding(written, width, fill)


def _padding(written: str, width: object, fill: object) -> str:
    missing, unit = whole(width) - len(written), text(fill)
    if missing <= 0 or not unit:
        return ""
    if missing + len(written) > MAX_SIZE:
        raise too_large()
    return (unit * (missing // len(unit) + 1))[:missing]


def repeated(value: object, times: object) -> str:
    """`{{ "ab" | repeat(2) }}` gives `abab`."""
    written, count = text(value), whole(times)
    if len(written) * count > MAX_SIZE:
        raise too_large()
    return written * count


def truncate(value: object, length: object, end: object = "…") -> str:
    """`{{ "Hello world" | truncate(6) }}` gives `Hello…`; the sign at the end counts."""
    written, most, sign = text(value), max(whole(length), 0), text(end)
    return written if len(written) <= most else (written[: max(most - len(sign), 0)] + sign)[:most]


def before(value: object, sign: object) -> str:
    """`{{ "ada@example.com" | before("@") }}` gives `ada`; all of it where the sign is missing."""
    return text(value).split(_sign(sign), 1)[0]


def after(value: object, sign: object) -> str:
    """`{{ "ada@example.com" | after("@") }}` gives `example.com`; nothing where the sign is missing."""
    return text(value).partition(_sign(sign))[2]


def _sign(sign: object) -> str:
    written = text(sign)
    if not written:
        raise FilterError("takes a sign to look for.")
    return written


def starts_with(value: object, start: object) -> bool:
    """`{{ "London" | startsWith("Lon") }}` gives `true`."""
    return text(value).startswith(text(start))


def ends_with(value: object, end: object) -> bool:
    """`{{ "London" | endsWith("don") }}` gives `true`."""
    return text(value).endswith(text(end))


def to_html(value: object) -> str:
    """`{{ "a < b" | html }}` gives `a &lt; b`; quotes are escaped too."""
    return escape(text(value))


def as_text(value: object) -> str:
    """`{{ [1, true] | text }}` gives `[1,true]` as text."""
    return text(value)


TEXT: Mapping[str, Callable[..., object]] = {
    "default": default,
    "upper": upper,
    "lower": lower,
    "capitalize": capitalize,
    "trim": trim,
    "replace": replace,
    "split": split,
    "padStart": pad_start,
    "padEnd": pad_end,
    "repeat": repeated,
    "truncate": truncate,
    "before": before,
    "after": after,
    "startsWith": starts_with,
    "endsWith": ends_with,
    "html": to_html,
    "text": as_text,
}
