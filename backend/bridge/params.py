"""From a JSON object to the dataclass of a method's parameters: nothing unknown, missing or guessed."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Literal, TypeVar, Union, cast, get_args, get_origin

from backend.bridge.contract.shape import camel
from backend.bridge.errors import bad_params

Params = TypeVar("Params")
_NAMES: Mapping[object, str] = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}
_BAD = object()


def read_params(kind: type[Params], document: Mapping[str, object]) -> Params:
    """The parameters. Raises Refusal `bridge.bad_params`: every field that is wrong, and no value."""
    problems: dict[str, str] = {}
    made = _made(kind, document, "", problems)
    if problems:
        raise bad_params(problems)
    return cast("Params", made)


def _made(kind: type, document: Mapping[str, object], place: str, problems: dict[str, str]) -> object:
    known = {camel(field.name): field for field in fields(kind)}
    for key in document.keys() - known.keys():
        problems[f"{place}{key[:64]}"] = "is not known"
    values: dict[str, object] = {}
    for key, field in known.items():
        if key in document:
            values[field.name] = _value(field.type, document[key], f"{place}{key}", problems)
        elif _is_required(field):
            problems[f"{place}{key}"] = "is missing"
    return None if problems else kind(**values)


def _value(kind: object, found: object, place: str, problems: dict[str, str]) -> object:
    """The value as the contract's type has it; what does not fit is noted."""
    origin, inner = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(found, dict):
        return _made(kind, found, f"{place}.", problems)
    if origin is tuple and isinstance(found, list):
        return tuple(
            _value(inner[0], each, f"{place}[{index}]", problems) for index, each in enumerate(found)
        )
    if origin is Mapping and isinstance(found, dict):
        return {key: _value(inner[1], each, f"{place}.{key}", problems) for key, each in found.items()}
    if origin in (Union, types.UnionType):
        # The contract has unions with None only.
        return None if found is None else _value(inner[0], found, place, problems)
    plain = _plain(kind, found)
    if plain is _BAD:
        problems[place] = f"must be {_expected(kind)}"
    return plain


def _plain(kind: object, found: object) -> object:
    if get_origin(kind) is Literal:
        return found if isinstance(found, str) and found in get_args(kind) else _BAD
    if kind is object:
        return found
    if kind is float and isinstance(found, int) and not isinstance(found, bool):
        return float(found) if abs(found) < 2**63 else _BAD
    if kind is str and isinstance(found, str):
        return found
    is_exact = isinstance(kind, type) and type(found) is kind and kind in _NAMES
    return found if is_exact else _BAD


def _expected(kind: object) -> str:
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(map(str, get_args(kind)))
    if get_origin(kind) is tuple:
        return "a list"
    return _NAMES.get(kind, "an object")


def _is_required(field: "Field[object]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING
