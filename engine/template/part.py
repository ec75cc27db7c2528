"""Finds a part of a value: by key in an object, by position in a list or a text, and nowhere else."""

from collections.abc import Iterable, Mapping
from itertools import islice

from engine.template.errors import UnknownName, nearest, shown
from engine.template.operators import kind
from engine.template.unsent import Unsent

_ABSENT = object()


def find(value: object, key: object, absent: object = None) -> object:
    """`value.key` or `value[key]`, or `absent` when there is no such part. Never an attribute."""
    if isinstance(value, Mapping):
        name = str(key) if isinstance(key, int) and not isinstance(key, bool) else key
        return value.get(name, absent) if isinstance(name, str) else absent
    if isinstance(value, Unsent):
        return value.part(key)
    if isinstance(value, str | list | tuple):
        position = _position(key)
        if position is not None and -len(value) <= position < len(value):
            return value[position]
    return absent


def fetch(value: object, key: object, *, source: str) -> object:
    """As `find`. Raises UnknownName `template.unknown_name` when there is no such part."""
    found = find(value, key, _ABSENT)
    if found is not _ABSENT:
        return found
    name = str(key)[:60] if isinstance(key, str | int) and not isinstance(key, bool) else kind(key)
    if isinstance(value, Mapping):
        hint = _hint(name, value)
        raise UnknownName("template.unknown_name", f"{shown(source)}: there is no {name}.", hint=hint)
    if isinstance(value, list | tuple) and _position(key) is not None:
        message = f"{shown(source)}: there are {len(value)} items, none at [{name}]."
        raise UnknownName("template.unknown_name", message, hint=_DEFAULT)
    raise UnknownName(
        "template.unknown_name",
        f"{shown(source)}: {kind(value)} has no part named {name}.",
        hint=f"Look at what the earlier step left. {_DEFAULT}",
    )


_DEFAULT = 'To allow that it is missing: {{ name | default("") }}.'


def _position(key: object) -> int | None:
    if isinstance(key, int) and not isinstance(key, bool):
        return key
    return int(key) if isinstance(key, str) and key.isdecimal() and len(key) < 10 else None


def _hint(name: str, present: Iterable[object]) -> str:
    near = nearest(name, present)
    listed = ", ".join(str(each)[:60] for each in islice(present, 8)) or "nothing"
    return f"Did you mean {near}? {_DEFAULT}" if near else f"There is: {listed}. {_DEFAULT}"
