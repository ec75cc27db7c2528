"""Whether a condition holds: `{left, operator, right}`, or `all`, `any`, `not` of such."""

from collections.abc import Callable, Mapping
from typing import TypeAlias, cast

from engine.model import Json
from engine.template.comparison import OPERATORS, PRESENCE
from engine.template.errors import UnknownName
from engine.template.unsent import is_unsent

Resolve: TypeAlias = Callable[[object], object]
Condition: TypeAlias = Mapping[str, Json]


class Undecided(Exception):  # not an error: a run that sends nothing goes on
    """The condition asks for what no service was asked for."""


def decided(condition: Condition, resolve: Resolve, *, otherwise: bool) -> bool:
    """As `holds`; `otherwise` for a condition on what a run that sends nothing cannot know."""
    try:
        return holds(condition, resolve)
    except Undecided:
        return otherwise


def holds(condition: Condition, resolve: Resolve) -> bool:
    """Decide a condition that its schema has passed; `resolve` fills the templates of `left` and `right`.

    Raises LoopiError `condition.type` when values cannot be compared, Undecided, or what `resolve` raises.
    """
    for word, combine in _COMBINE.items():
        if word in condition:
            parts = cast("list[Condition]", condition[word])
            return combine(holds(each, resolve) for each in parts)
    if "not" in condition:
        return not holds(cast("Condition", condition["not"]), resolve)
    name = str(condition["operator"])
    if name in PRESENCE:
        return PRESENCE[name](_present(condition.get("left"), resolve))
    left, right = resolve(condition.get("left")), resolve(condition.get("right"))
    if is_unsent(left, right):
        raise Undecided
    return OPERATORS[name](left, right)


def _present(written: object, resolve: Resolve) -> object:
    try:
        return resolve(written)
    except UnknownName:
        return None


_COMBINE: Mapping[str, Callable[..., bool]] = {"all": all, "any": any}
ALL_OPERATORS = (*OPERATORS, *PRESENCE)
