"""The schemas of automations and steps, and what they say is wrong with a document."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, cast

from engine.parse.complaint import complaints
from engine.template.errors import nearest

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

Schema: TypeAlias = Mapping[str, object]
_STEP = "#/$defs/step"
_DROPPED = frozenset({"$id", "$schema", "$defs"})


class StepBook:
    """All schemas: `automation` is automation.schema.json, `steps` maps each type to its schema."""

    def __init__(self, automation: Schema, steps: Mapping[str, Schema]) -> None:
        self._automation = automation
        self._steps = steps
        self._validator = cache(self._made)
        self.blocks = cache(self._blocks)

    def automation_problems(self, document: object) -> Iterator[tuple[str, str]]:
        """What is wrong with a document around its steps: `(path, message)`."""
        return complaints(self._validator(""), document)

    def common_problems(self, step: object) -> Iterator[tuple[str, str]]:
        """What is wrong with the fields that every step has."""
        return complaints(self._validator("common"), step)

    def step_problems(self, step_type: str, own: object) -> Iterator[tuple[str, str]]:
        """What is wrong with the fields of its own type."""
        return complaints(self._validator(step_type), own)

    def unknown_type(self, written: str) -> str:
        """What to say of a type that does not exist."""
        near = nearest(written, self._steps)
        return f"is {written[:60]!r}, which is no type of step" + (f"; did you mean {near}?" if near else "")

    def _blocks(self, step_type: str) -> tuple[str, ...]:
        """The fields of a type that hold nested steps."""
        properties = cast("Mapping[str, Schema]", self._steps[step_type].get("properties", {}))
        return tuple(name for name, schema in properties.items() if _is_block(schema))

    def _made(self, name: str) -> "Draft202012Validator":
        definitions = cast("Mapping[str, Schema]", self._automation["$defs"])
        schema = definitions["common"] if name == "common" else self._steps.get(name, self._automation)
        return _kind()({**_local(schema), "$defs": {"condition": _local(definitions["condition"])}})


def _is_block(schema: Schema) -> bool:
    items = schema.get("items")
    return isinstance(items, Mapping) and str(items.get("$ref", "")).endswith(_STEP)


def _local(schema: Schema) -> dict[str, object]:
    """A schema that stands alone: nested steps are checked one by one, conditions come along."""
    if str(schema.get("$ref", "")).endswith(_STEP):
        return {}
    kept = {key: _value(value) for key, value in schema.items() if key not in _DROPPED}
    if isinstance(kept.get("$ref"), str):
        kept["$ref"] = "#/" + str(kept["$ref"]).split("#/", 1)[1]
    return kept


def _value(value: object) -> object:
    if isinstance(value, Mapping):
        return _local(value)
    return [_value(each) for each in value] if isinstance(value, list) else value


@cache
def _kind() -> "type[Draft202012Validator]":
    from jsonschema import Draft202012Validator, validators

    extend = cast("Callable[..., type[Draft202012Validator]]", validators.extend)
    return extend(Draft202012Validator, {"pattern": _pattern_errors})


def _pattern_errors(_validator: object, pattern: str, text: object, _schema: object) -> Iterator[object]:
    from jsonschema import ValidationError

    # In Python `$` also matches before a line break at the end; in JSON Schema it does not.
    exact = pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
    if isinstance(text, str) and re.search(exact, text) is None:
        yield ValidationError("does not match")
