"""What a written value stands for, and how two values compare: the same in conditions and in filters."""

import json
import operator
from collections.abc import Callable, Mapping
from typing import cast

from engine import strict_json
from engine.errors import LoopiError
from engine.model import Json
from engine.template.operators import is_true, kind, text

_EXACT_INT = 2**53
_TYPED_START = frozenset("{[-0123456789tfn")


def typed(written: str) -> Json:
    """What a text that a person wrote stands for.

    JSON objects, lists, true, false, null and plain numbers are taken as such, all else is text. A number
    counts when it survives a round trip: `007` and `12345678901234567890` stay text.
    """
    if written[:1] not in _TYPED_START:
        return written
    try:
        value = strict_json.loads(written)
    except (ValueError, RecursionError):
        return written
    if isinstance(value, int | float) and not isinstance(value, bool) and not _survives(value, written):
        return written
    return value


def _survives(value: int | float, written: str) -> bool:  # noqa: PYI041  # mypy knows no ints in a float
    is_exact = isinstance(value, float) or abs(value) <= _EXACT_INT
    return is_exact and json.dumps(value) == written


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
        # Read once, not for each item.
        meant = typed(right) if isinstance(right, str) else right
        return any(_equals(item, right if isinstance(item, str) else meant) for item in left)
    return text(right) in (left if isinstance(left, Mapping) else text(left))


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
PRESENCE: Mapping[str, Callable[[object], bool]] = {
    "exists": lambda value: value is not None,
    "notExists": lambda value: value is None,
    "isEmpty": lambda value: not is_true(value),
    "isNotEmpty": is_true,
}
