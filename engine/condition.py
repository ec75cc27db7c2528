"""Whether a condition holds: `{left, operator, right}`, or `all`, `any`, `not` of such."""

import operator
from collections.abc import Callable, Mapping
from typing import TypeAlias, cast

from engine.errors import LoopiError
from engine.model import Json
from engine.template.errors import UnknownName
from engine.template.operators import is_true, kind, text
from engine.variables import typed

Resolve: TypeAlias = Callable[[object], object]
Condition: TypeAlias = Mapping[str, Json]


def holds(condition: Condition, resolve: Resolve) -> bool:
    """Decide a condition that its schema has passed; `resolve` fills the templates of `left` and `right`.

    Raises LoopiError `condition.type` when values cannot be compared, or what `resolve` raises.
    """
    for word, combine in _COMBINE.items():
        if word in condition:
            parts = cast("list[Condition]", condition[word])
            return combine(holds(each, resolve) for each in parts)
    if "not" in condition:
        return not holds(cast("Condition", condition["not"]), resolve)
    name = str(condition["operator"])
    if name in _PRESENCE:
        return _PRESENCE[name](_present(condition.get("left"), resolve))
    return OPERATORS[name](resolve(condition.get("left")), resolve(condition.get("right")))


def _present(written: object, resolve: Resolve) -> object:
    try:
        return resolve(written)
    except UnknownName:
        return None


def _like(left: object, right: object) -> tuple[object, object]:
    """Both sides as one kind: what was typed into a form is text, the other side may be a number."""
    if isinstance(left, str) != isinstance(right, str):
        left = typed(left) if isinstance(left, str) else left
        right = typed(right) if isinstance(right, str) else right
    return left, right


def _equals(left: object, right: object) -> bool:
    left, right = _like(left, right)
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _as_number(value: object) -> int | float | None:
    candidate = typed(value) if isinstance(value, str) else value
    is_number = isinstance(candidate, int | float) and not isinstance(candidate, bool)
    return cast("int | float", candidate) if is_number else None


def _ordered(compare: Callable[..., bool]) -> Callable[[object, object], bool]:
    def decide(left: object, right: object) -> bool:
        numbers = _as_number(left), _as_number(right)
        if None not in numbers:
            return compare(*numbers)
        if isinstance(left, str) and isinstance(right, str):
            return compare(left, right)
        raise LoopiError(
            "condition.type",
            f"The condition compares {kind(left)} with {kind(right)}.",
            hint="Compare two numbers, or two texts (ISO dates compare as texts).",
        )

    return decide


def _contains(left: object, right: object) -> bool:
    if isinstance(left, list | tuple):
        return any(_equals(item, right) for item in left)
    return text(right) in (left if isinstance(left, Mapping) else text(left))


_COMBINE: Mapping[str, Callable[..., bool]] = {"all": all, "any": any}
OPERATORS: Mapping[str, Callable[[object, object], bool]] = {
    "equals": _equals,
    "notEquals": lambda left, right: not _equals(left, right),
    "contains": _contains,
    "notContains": lambda left, right: not _contains(left, right),
    "startsWith": lambda left, right: text(left).startswith(text(right)),
    "endsWith": lambda left, right: text(left).endswith(text(right)),
    "greaterThan": _ordered(operator.gt),
    "greaterOrEqual": _ordered(operator.ge),
    "lessThan": _ordered(operator.lt),
    "lessOrEqual": _ordered(operator.le),
}
_PRESENCE: Mapping[str, Callable[[object], bool]] = {
    "exists": lambda value: value is not None,
    "notExists": lambda value: value is None,
    "isEmpty": lambda value: not is_true(value),
    "isNotEmpty": is_true,
}
ALL_OPERATORS = (*OPERATORS, *_PRESENCE)
