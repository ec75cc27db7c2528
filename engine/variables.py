"""The variables of a run: names looked up through the loops around a step, values typed and changed."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.errors import LoopiError
from engine.model import Json, Program
from engine.template import CREDENTIALS
from engine.template.comparison import typed
from engine.template.errors import TemplateError, UnknownName, nearest, too_large
from engine.template.operators import MAX_SIZE, is_large, text
from engine.template.unsent import is_unsent

STEPS = "steps"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_WORDS = ("true", "false", "none", "not", "and", "or", "in", "is", "if", "else", "True", "False", "None")
RESERVED = frozenset({CREDENTIALS, STEPS, *_WORDS})


def credentials_not_here() -> TemplateError:
    """The error for a credential placeholder outside the fields of a request."""
    return TemplateError(
        "template.credentials_not_here",
        "{{credentials.…}} stands where no request is made.",
        hint="A credential can be used in the url, query, headers and body of an API Call.",
    )


def bounded(value: Json, name: str) -> Json:
    """The value, when it is no larger than a variable may be. Raises TemplateError `template.too_large`."""
    if is_large(value):
        raise too_large(f"Setting {name}")
    return value


@dataclass(frozen=True, slots=True)
class _Layer:
    values: dict[str, Json]
    outputs: dict[str, Mapping[str, Json]] = field(default_factory=dict)


class Scope:
    """The names that a step sees: its own round's first, then those of the blocks around it.

    An isolated scope keeps what is set inside to itself: the rounds of a parallel loop do not write to
    each other's variables. `layers` go from the innermost out; `home` is the one that new names go to.
    A called automation has a scope without a parent: it sees nothing of its caller.
    """

    __slots__ = ("home", "layers", "program")

    def __init__(
        self,
        values: Mapping[str, Json],
        parent: "Scope | None" = None,
        *,
        is_isolated: bool = False,
        program: Program | None = None,
    ) -> None:
        self.program: Program = program or (parent.program if parent else Program())
        self.layers: tuple[_Layer, ...] = (_Layer(dict(values)), *(parent.layers if parent else ()))
        self.home: int = 0 if parent is None or is_isolated else parent.home + 1

    def lookup(self, name: str) -> object:
        """The value of a name. Raises UnknownName with the nearest name that exists."""
        for layer in self.layers:
            if name in layer.values:
                return layer.values[name]
        if name == STEPS:
            return self._outputs()
        if name == CREDENTIALS:
            raise credentials_not_here()
        raise self._unknown(name)

    def knows(self, name: str) -> bool:
        """Whether there is a variable of this name."""
        return any(name in layer.values for layer in self.layers)

    def set(self, name: str, value: Json) -> None:
        """Give a variable a value: where it lives already, else in the outermost layer one may write to."""
        reachable = self.layers[: self.home + 1]
        layer = next((each for each in reachable if name in each.values), reachable[-1])
        layer.values[name] = value

    def leave(self, step_id: str, output: Mapping[str, Json]) -> None:
        """Keep a step's output for `{{steps.<id>…}}`."""
        self.layers[self.home].outputs[step_id] = output

    def _outputs(self) -> Mapping[str, object]:
        # A copy: what a template stores must not be the table that it is then stored in.
        found: dict[str, object] = {}
        for layer in reversed(self.layers[self.home :]):
            found |= layer.outputs
        return found

    def _names(self) -> Iterator[str]:
        for layer in self.layers:
            yield from layer.values
        yield from (STEPS, CREDENTIALS)

    def _unknown(self, name: str) -> UnknownName:
        near = nearest(name, self._names())
        found = f"Did you mean {near}?" if near else "Set it in an earlier step, or under variables."
        hint = f'{found} To allow that it is missing: {{{{ {name} | default("") }}}}.'
        return UnknownName("template.unknown_name", f"There is no variable named {name}.", hint=hint)


def modified(operation: str, current: Json, value: Json) -> Json:
    """The value after `set`, `increment`, `decrement` or `append`.

    Raises LoopiError `variable.type`, or TemplateError `template.too_large`.
    """
    if is_unsent(current) and operation != "set":
        return current
    if is_unsent(value) and operation != "append":
        return value
    match operation:
        case "increment":
            return _sum(_number(current), _step_size(value))
        case "decrement":
            return _sum(_number(current), -_step_size(value))
        case "append":
            return _append(current, value)
        case _:
            return value


def _number(value: Json) -> int | float:
    candidate = typed(value) if isinstance(value, str) else value
    if isinstance(candidate, int | float) and not isinstance(candidate, bool):
        return candidate
    hint = "Set the variable to a number first."
    raise LoopiError("variable.type", "Only a number can be incremented or decremented.", hint=hint)


def _sum(left: int | float, right: int | float) -> int | float:  # noqa: PYI041  # mypy knows no ints in a float
    try:
        result = left + right
    except OverflowError:
        result = math.inf
    if isinstance(result, float) and not math.isfinite(result):
        raise LoopiError("variable.type", "The variable would become larger than any number.")
    return result


def _step_size(value: Json) -> int | float:
    return 1 if value is None or value == "" else _number(value)


def _append(current: Json, value: Json) -> Json:
    if isinstance(current, list | tuple):
        return [*current, value]
    if current is None:
        return [value]
    if isinstance(current, Mapping):
        hint = "Append to a list or to text."
        raise LoopiError("variable.type", "Nothing can be appended to an object.", hint=hint)
    parts = text(current), text(value)
    if sum(map(len, parts)) > MAX_SIZE:
        raise too_large("Appending")
    return "".join(parts)
