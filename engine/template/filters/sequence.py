"""Filters over lists and objects."""

import json
from collections.abc import Callable, Mapping, Sequence

from engine.template.filters.error import FilterError, too_large
from engine.template.operators import MAX_SIZE, is_large, kind, text
from engine.template.part import find

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


def where(value: object, path: object, wanted: object = True) -> list[object]:  # noqa: FBT002  # a value like any
    """`{{ [{"a": 1}, {"a": 2}] | where("a", 2) }}` gives `[{"a": 2}]`."""
    keys = _keys(path)
    return [item for item in items(value) if _at(item, keys) == wanted]


def pluck(value: object, path: object) -> list[object]:
    """`{{ [{"a": 1}, {"a": 2}] | pluck("a") }}` gives `[1, 2]`; null where an item has none."""
    keys = _keys(path)
    return [_at(item, keys) for item in items(value)]


def _keys(path: object) -> list[str]:
    return text(path)[:1000].split(".")


def _at(item: object, keys: list[str]) -> object:
    for key in keys:
        item = find(item, key)
    return item


def sort(value: object, path: object = None) -> list[object]:
    """`{{ [3, 1] | sort }}` gives `[1, 3]`; with a path, by that part of each item."""
    keys = None if path is None else _keys(path)
    return sorted(items(value), key=lambda item: _rank(item if keys is None else _at(item, keys)))


def _rank(key: object) -> tuple[int, float, str]:
    """Numbers first, then texts, then null: unlike kinds never meet."""
    if key is None:
        return 2, 0, ""
    return (0, key, "") if isinstance(key, int | float) else (1, 0, text(key))


def unique(value: object) -> list[object]:
    """`{{ [1, 1, 2] | unique }}` gives `[1, 2]`, first ones kept."""
    given = items(value)
    if is_large(given):
        raise too_large()
    seen: dict[object, object] = {}
    for item in given:
        is_plain = isinstance(item, str | int | float)
        # The type keeps 1, 1.0 and true apart, which are equal in Python.
        seen.setdefault((type(item), item) if is_plain else _CANONICAL(item), item)
    return list(seen.values())


def reverse(value: object) -> object:
    """`{{ [1, 2] | reverse }}` gives `[2, 1]`; text is reversed too."""
    return value[::-1] if isinstance(value, str) else list(items(value)[::-1])


def keys(value: object) -> list[object]:
    """`{{ {"a": 1, "b": 2} | keys }}` gives `["a", "b"]`."""
    if isinstance(value, Mapping):
        return list(value)
    raise FilterError("takes an object.")


SEQUENCE: Mapping[str, Callable[..., object]] = {
    "join": join,
    "length": length,
    "first": first,
    "last": last,
    "where": where,
    "pluck": pluck,
    "sort": sort,
    "unique": unique,
    "reverse": reverse,
    "keys": keys,
}
