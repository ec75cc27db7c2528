"""Filters over lists and objects."""

import json
import re
from collections.abc import Callable, Mapping, Sequence

from engine.template.filters.error import FilterError, too_large
from engine.template.filters.whole import whole
from engine.template.operators import MAX_DEPTH, MAX_SIZE, is_large, kind, text
from engine.template.part import find

_BRACKETS = re.compile(r"[\[\].]+")
_CANONICAL = json.JSONEncoder(sort_keys=True, default=kind).encode


def items(value: object) -> Sequence[object]:
    """The items of a list. Raises FilterError."""
    if isinstance(value, list | tuple):
        return value
    raise FilterError("takes a list.")


def join(value: object, separator: object = "") -> str:
    """`{{ ["a", "b"] | join(", ") }}` gives `a, b`."""
    between, size = text(separator), 0
    parts: list[str] = []
    for item in items(value):
        parts.append(text(item))
        size += len(parts[-1]) + len(between)
        if size > MAX_SIZE:
            raise too_large()
    return between.join(parts)


def length(value: object) -> int:
    """`{{ "four" | length }}` gives `4`; the number of items of a list or keys of an object."""
    return len(value) if isinstance(value, Mapping | list | tuple) else len(text(value))


def first(value: object) -> object:
    """`{{ [1, 2] | first }}` gives `1`; null for an empty list."""
    return next(iter(items(value)), None)


def last(value: object) -> object:
    """`{{ [1, 2] | last }}` gives `2`; null for an empty list."""
    return next(iter(items(value)[-1:]), None)


def pluck(value: object, path: object) -> list[object]:
    """`{{ [{"a": 1}, {"a": 2}] | pluck("a") }}` gives `[1, 2]`; null where an item has none."""
    keys = path_of(path)
    return [at_path(item, keys) for item in items(value)]


def path_of(path: object) -> list[str]:
    """The keys of a path like `user.tags[0]`. Raises FilterError for more than data is deep."""
    keys = [key for key in _BRACKETS.sub(".", text(path)[:1000]).split(".") if key]
    if len(keys) > MAX_DEPTH:
        raise FilterError(f"takes a path of at most {MAX_DEPTH} parts.")
    return keys


def at_path(item: object, keys: list[str]) -> object:
    """The part of an item, or null where there is none."""
    for key in keys:
        item = find(item, key)
    return item


def sort(value: object, path: object = None, order: object = "up") -> list[object]:
    """`{{ [3, 1] | sort }}` gives `[1, 3]`; with a path, by that part; `sort("", "down")` turns it round."""
    keys = path_of("" if path is None else path)
    is_down = text(order) == "down"
    return sorted(items(value), key=lambda item: _rank(at_path(item, keys)), reverse=is_down)


def _rank(key: object) -> tuple[int, float, str]:
    """Numbers first, then texts, then null: unlike kinds never meet."""
    if key is None:
        return 2, 0, ""
    return (0, key, "") if isinstance(key, int | float) else (1, 0, text(key))


def unique(value: object, path: object = None) -> list[object]:
    """`{{ [1, 1, 2] | unique }}` gives `[1, 2]`, first ones kept; with a path, by that part of each item."""
    given, keys = items(value), path_of("" if path is None else path)
    if is_large(given):
        raise too_large()
    seen: dict[object, object] = {}
    for item in given:
        part = at_path(item, keys)
        is_plain = isinstance(part, str | int | float)
        # The type keeps 1, 1.0 and true apart, which are equal in Python.
        seen.setdefault((type(part), part) if is_plain else _CANONICAL(part), item)
    return list(seen.values())


def reverse(value: object) -> object:
    """`{{ [1, 2] | reverse }}` gives `[2, 1]`; text is reversed too."""
    return value[::-1] if isinstance(value, str) else list(items(value)[::-1])


def keys(value: object) -> list[object]:
    """`{{ {"a": 1, "b": 2} | keys }}` gives `["a", "b"]`."""
    if isinstance(value, Mapping):
        return list(value)
    raise FilterError("takes an object.")


def values(value: object) -> list[object]:
    """`{{ {"a": 1, "b": 2} | values }}` gives `[1, 2]`."""
    if isinstance(value, Mapping):
        return list(value.values())
    raise FilterError("takes an object.")


def get(value: object, path: object) -> object:
    """`{{ {"a": [{"b": 5}]} | get("a[0].b") }}` gives `5`; null where there is no such part."""
    return at_path(value, path_of(path))


def cut(value: object, start: object = 0, end: object = None) -> object:
    """`{{ "London" | slice(0, 3) }}` gives `Lon`; a list gives its items; from the end with a minus."""
    positions = slice(whole(start), None if end is None else whole(end))
    return list(items(value)[positions]) if isinstance(value, list | tuple) else text(value)[positions]


SEQUENCE: Mapping[str, Callable[..., object]] = {
    "join": join,
    "length": length,
    "first": first,
    "last": last,
    "pluck": pluck,
    "sort": sort,
    "unique": unique,
    "reverse": reverse,
    "keys": keys,
    "values": values,
    "get": get,
    "slice": cut,
}
