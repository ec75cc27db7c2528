"""The JSON Schema subset that forms and checks agree on: says what is outside, and where. Pure.

Written down for people in schemas/README.md. `x-loopi` is passed over: its meaning belongs to who reads it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from backend.credentials.pattern import PatternRefused, safe_length

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXTENSION = "x-loopi"
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")

Schema: TypeAlias = Mapping[str, object]
Rule: TypeAlias = Callable[[object], str | None]
SCALARS = ("string", "number", "integer", "boolean")
_PAIR = {"key", "value", "secret"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One keyword outside the subset: `properties.apiKey.pattern` `must …`."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path} {self.message}" if self.path else self.message


def problems(schema: Schema) -> tuple[Problem, ...]:
    """All of them, in the order of the file; empty when the schema is inside the subset."""
    return tuple(_object(schema, "", depth=0))


def _text(value: object) -> str | None:
    return None if isinstance(value, str) and value.strip() else "must be a text that is not empty"


def _texts(value: object) -> str | None:
    fine = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return None if fine else "must be a list of texts"


def _scalar(value: object) -> str | None:
    return None if isinstance(value, str | int | float) else "must be a text, a number, true or false"


def _scalars(value: object) -> str | None:
    fine = isinstance(value, list) and value and all(_scalar(item) is None for item in value)
    return None if fine else "must be a list of texts or numbers that is not empty"


def _number(value: object) -> str | None:
    return None if isinstance(value, int | float) and not isinstance(value, bool) else "must be a number"


def _count(value: object) -> str | None:
    fine = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return None if fine else "must be a whole number from 0"


def _pattern(value: object) -> str | None:
    if not isinstance(value, str):
        return "must be a text"
    try:
        safe_length(value)
    except PatternRefused as refused:
        return str(refused)
    return None


def _anything(_value: object) -> str | None:
    return None


def _only(*allowed: str) -> Rule:
    words = " or ".join(f"“{item}”" for item in allowed)
    return lambda value: None if value in allowed else f"must be {words}"


def _true(value: object) -> str | None:
    return None if value is True else "must be true, or left out"


def _false(value: object) -> str | None:
    return None if value is False else "must be false, or left out"


_NOTES: Mapping[str, Rule] = {"title": _text, "description": _text, EXTENSION: _anything}
_OBJECT: Mapping[str, Rule] = {
    **_NOTES,
    "$schema": _only(DIALECT),
    "$id": _text,
    "type": _only("object"),
    "properties": _anything,
    "required": _texts,
    "allOf": _anything,
    "additionalProperties": _false,
}
_FIELD: Mapping[str, Rule] = {
    **_NOTES,
    "type": _only(*SCALARS),
    "enum": _scalars,
    "examples": _scalars,
    "default": _scalar,
    "minLength": _count,
    "maxLength": _count,
    "minimum": _number,
    "maximum": _number,
    "pattern": _pattern,
    "format": _only("uri", "pem"),
    "writeOnly": _true,
}
_ARRAY: Mapping[str, Rule] = {**_NOTES, "type": _only("array"), "items": _anything}
_TEXT_ONLY = ("minLength", "maxLength", "pattern", "format", "writeOnly")


def _object(schema: Schema, path: str, *, depth: int) -> Iterator[Problem]:
    yield from _keywords(schema, _OBJECT, path)
    if "type" not in schema:
        yield Problem(_join(path, "type"), "must be “object”")
    fields = _mapping(schema.get("properties", {}))
    if fields is None:
        yield Problem(_join(path, "properties"), "must be an object")
        return
    yield from _properties(fields, _join(path, "properties"), depth=depth)
    yield from _required(schema.get("required"), fields, _join(path, "required"))
    if "allOf" in schema:
        yield from _branches(
            schema["allOf"], fields, _join(path, "allOf"), is_closed="additionalProperties" in schema
        )


def _properties(fields: Schema, path: str, *, depth: int) -> Iterator[Problem]:
    for key, field in fields.items():
        place = _join(path, key)
        content = _mapping(field)
        if not KEY.fullmatch(key):
            yield Problem(place, "must be named by a letter, then letters, digits and _ (64 at most)")
        elif content is None:
            yield Problem(place, "must be an object")
        elif content.get("type") == "array" and depth == 0:
            yield from _pairs(content, place)
        else:
            yield from _field(content, place)


def _field(field: Schema, path: str) -> Iterator[Problem]:
    yield from _keywords(field, _FIELD, path)
    kind = field.get("type", "string" if "enum" in field else None)
    if kind is None:
        yield Problem(_join(path, "type"), "must be there, or enum")
    for keyword in _TEXT_ONLY:
        if keyword in field and kind in SCALARS[1:]:
            yield Problem(_join(path, keyword), "belongs to texts only")


def _pairs(field: Schema, path: str) -> Iterator[Problem]:
    """An array is a list of named values: objects of `key`, `value` and perhaps `secret`."""
    yield from _keywords(field, _ARRAY, path)
    items = _mapping(field.get("items"))
    place = _join(path, "items")
    if items is None:
        yield Problem(place, "must be an object with the properties key and value")
        return
    yield from _object(items, place, depth=1)
    names = set(_mapping(items.get("properties")) or {})
    if not {"key", "value"} <= names <= _PAIR:
        yield Problem(_join(place, "properties"), "must be key, value and, if wanted, secret")


def _branches(value: object, fields: Schema, path: str, *, is_closed: bool) -> Iterator[Problem]:
    if not isinstance(value, list) or not value:
        yield Problem(path, "must be a list of if and then")
        return
    for index, branch in enumerate(value):
        yield from _branch(_mapping(branch) or {}, fields, f"{path}[{index}]", is_closed=is_closed)


def _branch(branch: Schema, fields: Schema, path: str, *, is_closed: bool) -> Iterator[Problem]:
    condition, then = _mapping(branch.get("if")), _mapping(branch.get("then"))
    if condition is None or then is None or len(branch) != 2:
        yield Problem(path, "must be if and then, and nothing else")
        return
    yield from _keywords(condition, {"properties": _anything, "required": _texts}, _join(path, "if"))
    for key, test in (_mapping(condition.get("properties")) or {"": None}).items():
        rule = _mapping(test) or {}
        if key not in fields or set(rule) != {"const"} or _scalar(rule["const"]):
            yield Problem(_join(path, "if.properties"), "must name a property and its const")
    added = _mapping(then.get("properties", {})) or {}
    yield from _keywords(then, {"properties": _anything, "required": _texts}, _join(path, "then"))
    yield from _properties(added, _join(path, "then.properties"), depth=1)
    yield from _required(then.get("required"), {**fields, **added}, _join(path, "then.required"))
    if is_closed and not added.keys() <= fields.keys():
        yield Problem(_join(path, "then.properties"), "would be refused by additionalProperties")


def _keywords(schema: Schema, rules: Mapping[str, Rule], path: str) -> Iterator[Problem]:
    for keyword, value in schema.items():
        rule = rules.get(keyword)
        message = rule(value) if rule else "is outside the subset of JSON Schema used here"
        if message:
            yield Problem(_join(path, keyword), message)


def _required(value: object, fields: Schema, path: str) -> Iterator[Problem]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        for key in value:
            if key not in fields:
                yield Problem(path, f"names “{key}”, which is not among the properties")


def _mapping(value: object) -> Schema | None:
    return value if isinstance(value, dict) else None


def _join(path: str, keyword: str) -> str:
    return f"{path}.{keyword}" if path else keyword
