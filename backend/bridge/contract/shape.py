"""What a method is, and how the dataclasses of the contract become JSON. Knows no method."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass


@dataclass(frozen=True)
class Nothing:
    """No parameters, or nothing to answer."""


@dataclass(frozen=True)
class Method:
    """One method: the dataclass of its parameters, the type of its answer.

    `is_open` methods answer while the vault is locked. `written` is the answer's name in TypeScript, where
    the Python type says less.
    """

    params: type
    result: object
    is_open: bool = False
    written: str = ""


def camel(name: str) -> str:
    """`used_by` as it stands in JSON: `usedBy`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def to_json(value: object) -> object:
    """The JSON value of an answer. Keys of mappings are data and stay as they are."""
    if is_dataclass(value) and not isinstance(value, type):
        held = vars(value)
        shown = [field for field in fields(value) if held[field.name] is not None or field.default is MISSING]
        return {camel(field.name): to_json(held[field.name]) for field in shown}
    if isinstance(value, Mapping):
        return {key: to_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(each) for each in value]
    return value
