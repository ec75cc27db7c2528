"""Filters that choose among the items of a list, and put lists together or apart."""

from collections.abc import Callable, Mapping

from engine.errors import LoopiError
from engine.template.comparison import OPERATORS, PRESENCE
from engine.template.errors import nearest
from engine.template.filters.error import FilterError, too_large
from engine.template.filters.sequence import at_path, items, path_of
from engine.template.filters.whole import whole
from engine.template.operators import text


def where(
    value: object,
    path: object,
    wanted: object = True,  # noqa: FBT002  # a value like any
    operator: object = "",
) -> list[object]:
    """`{{ [{"a": 1}, {"a": 2}] | where("a", 2) }}` gives `[{"a": 2}]`; more comparisons in a third argument.

    They are those of conditions: `where("age", 18, "greaterThan")`. An empty path means the item itself.
    """
    keys, compare, given = path_of(path), _comparison(text(operator)), items(value)
    # It is read anew for each item.
    if len(given) * len(text(wanted)) > _MOST_READ:
        raise too_large()
    return [item for item in given if compare(at_path(item, keys), wanted)]


def _comparison(name: str) -> Callable[[object, object], bool]:
    if name in PRESENCE:
        return lambda left, _right: PRESENCE[name](left)
    if name and name not in OPERATORS:
        near = nearest(name, (*OPERATORS, *PRESENCE))
        raise FilterError("has no such comparison" + (f"; did you mean {near}?" if near else "."))
    act = OPERATORS[name] if name else _same

    def compare(left: object, right: object) -> bool:
        try:
            return act(left, right)
        except LoopiError:
            return False

    return compare


def _same(left: object, right: object) -> bool:
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def contains(value: object, wanted: object) -> bool:
    """`{{ ["a", "b"] | contains("b") }}` gives `true`; in a text, whether it is a part of it."""
    return OPERATORS["contains"](value, wanted)


def position(value: object, wanted: object) -> int:
    """`{{ "London" | indexOf("don") }}` gives `3`; -1 where it is not; in a list, the first such item."""
    if isinstance(value, list | tuple):
        return next((index for index, item in enumerate(value) if _same(item, wanted)), -1)
    return text(value).find(text(wanted))


def group(value: object, path: object) -> dict[str, list[object]]:
    """`{{ [{"a": "x"}, {"a": "y"}] | group("a") }}` gives `{"x": [{"a": "x"}], "y": [{"a": "y"}]}`."""
    keys = path_of(path)
    found: dict[str, list[object]] = {}
    for item in items(value):
        found.setdefault(text(at_path(item, keys)), []).append(item)
    return found


def concat(value: object, other: object) -> list[object]:
    """`{{ [1] | concat([2, 3]) }}` gives `[1, 2, 3]`; what is no list becomes an item."""
    return [*items(value), *(other if isinstance(other, list | tuple) else (other,))]


def flatten(value: object) -> list[object]:
    """`{{ [[1], [2, 3], 4] | flatten }}` gives `[1, 2, 3, 4]`; lists inside those stay lists."""
    found: list[object] = []
    for item in items(value):
        found.extend(item if isinstance(item, list | tuple) else (item,))
        if len(found) > _MOST_ITEMS:
            raise too_large()
    return found


def compact(value: object) -> list[object]:
    """`{{ [1, none, "", 2] | compact }}` gives `[1, 2]`; 0 and false stay."""
    return [item for item in items(value) if item is not None and item not in ("", [], {})]


def chunk(value: object, size: object) -> list[list[object]]:
    """`{{ [1, 2, 3] | chunk(2) }}` gives `[[1, 2], [3]]`."""
    given, count = items(value), whole(size)
    if count < 1:
        raise FilterError("takes a size of 1 or more.")
    return [list(given[start : start + count]) for start in range(0, len(given), count)]


def merge(value: object, other: object) -> dict[str, object]:
    """`{{ {"a": 1} | merge({"b": 2}) }}` gives `{"a": 1, "b": 2}`; the second one wins."""
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        return {**value, **other}
    raise FilterError("takes two objects.")


_MOST_ITEMS = 8 * 1024 * 1024
_MOST_READ = 64 * 1024 * 1024
GATHERING: Mapping[str, Callable[..., object]] = {
    "where": where,
    "contains": contains,
    "indexOf": position,
    "group": group,
    "concat": concat,
    "flatten": flatten,
    "compact": compact,
    "chunk": chunk,
    "merge": merge,
}
