"""Filters that make text of any value."""

from collections.abc import Callable, Mapping

from engine.template.filters.error import FilterError, too_large
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


def as_text(value: object) -> str:
    """`{{ [1, true] | text }}` gives `[1,true]` as text."""
    return text(value)


TEXT: Mapping[str, Callable[..., object]] = {
    "default": default,
    "upper": upper,
    "lower": lower,
    "trim": trim,
    "replace": replace,
    "split": split,
    "text": as_text,
}
