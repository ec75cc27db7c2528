"""What the operators of an expression do, each with a bound on what it may make."""

import json
import math
import operator
from collections.abc import Callable, Mapping, Sequence

from engine.template.errors import TemplateError, shown, too_large

MAX_SIZE = 16 * 1024 * 1024
# An answer of 10 MiB holds at most five million of the shortest JSON values, `1,`: all of it stays usable.
_NODE_SIZE = 2
# A list or an object counts for more, so that walking over what is too large takes a second at most.
_CONTAINER_SIZE = 8
_MAX_INT_BITS = 3_000
# To ask a million numbers whether they are an abstract Mapping takes a second.
_PLAIN = frozenset({int, float, bool, type(None)})
# Each level takes a dozen frames of Python's stack when a schema is checked.
MAX_DEPTH = 40
_KINDS = {str: "text", bool: "true or false", int: "a number", float: "a number", dict: "an object"}


def kind(value: object) -> str:
    """What a value is called in an error: `text`, `a number`, `a list`, …; never the value itself."""
    if isinstance(value, list | tuple):
        return "a list"
    return "nothing" if value is None else _KINDS.get(type(value), "this value")


def is_true(value: object) -> bool:
    """Empty text, lists and objects, 0, false and null count as false."""
    return bool(value)


def is_large(value: object, *, indent: int = 0) -> bool:
    """Whether a value, written as JSON with `indent`, has roughly more than MAX_SIZE characters.

    A small value may stand for a huge one when its parts are shared, as in `[[x, x], [x, x]]`.
    """
    if not isinstance(value, Mapping | list | tuple):
        return isinstance(value, str) and len(value) > MAX_SIZE
    size, waiting = 0, [(value, 0)]
    while waiting and size <= MAX_SIZE:
        container, depth = waiting.pop()
        items = container.values() if isinstance(container, Mapping) else container
        size += (_NODE_SIZE + depth * indent) * len(container) + _CONTAINER_SIZE
        size += sum(map(len, container)) if isinstance(container, Mapping) else 0
        for item in items:
            form = type(item)
            if form is str:
                size += len(item)
            elif form not in _PLAIN and isinstance(item, Mapping | list | tuple):
                waiting.append((item, depth + 1))
    return size > MAX_SIZE


def is_too_deep(value: object) -> bool:
    """Whether lists and objects are nested more than MAX_DEPTH deep."""
    waiting = [(value, 0)]
    while waiting:
        inner, depth = waiting.pop()
        if depth > MAX_DEPTH:
            return True
        if isinstance(inner, Mapping):
            waiting.extend((each, depth + 1) for each in inner.values())
        elif isinstance(inner, list | tuple):
            waiting.extend((each, depth + 1) for each in inner)
    return False


def text(value: object) -> str:
    """A value as it stands in a text: text as it is, true and false as in JSON, null as nothing.

    Lists and objects become JSON. Raises TemplateError `template.too_large` or `template.type`.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if is_large(value):
        raise too_large("The text of a list or an object")
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=kind)
    except RecursionError:
        raise TemplateError("template.type", "A value is nested too deeply to become text.") from None


def encodable(written: str) -> str:
    """A text that UTF-8 can write. Half a surrogate pair, which JSON can spell, raises `template.type`."""
    try:
        written.encode()
    except UnicodeEncodeError:
        hint = "It has half of a surrogate pair, as broken JSON may. Replace the character."
        raise TemplateError("template.type", "A text holds what no text can.", hint=hint) from None
    return written


def joined(values: Sequence[object], source: str) -> str:
    """The texts of values in a row."""
    parts: list[str] = []
    size = 0
    for value in values:
        parts.append(text(value))
        size += len(parts[-1])
        if size > MAX_SIZE:
            raise too_large(shown(source))
    return "".join(parts)


def _number(value: object, source: str) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise TemplateError(
        "template.type",
        f"{shown(source)} calculates with {kind(value)}.",
        hint="Turn text into a number with the filter number: {{ price | number }}.",
    )


def _arithmetic(act: Callable[..., int | float]) -> Callable[[object, object, str], object]:
    def compute(left: object, right: object, source: str) -> object:
        pair = _number(left, source), _number(right, source)
        if any(isinstance(each, int) and each.bit_length() > _MAX_INT_BITS for each in pair):
            raise too_large(shown(source))
        try:
            result = act(*pair)
        except (ZeroDivisionError, OverflowError):
            result = math.nan
        if isinstance(result, float) and not math.isfinite(result):
            raise TemplateError("template.type", f"{shown(source)} divides by zero or overflows.")
        return result

    return compute


def _add(left: object, right: object, source: str) -> object:
    if isinstance(left, str) and isinstance(right, str):
        return joined((left, right), source)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        if (len(left) + len(right)) * _NODE_SIZE > MAX_SIZE:
            raise too_large(shown(source))
        return [*left, *right]
    return _arithmetic(operator.add)(left, right, source)


def _divide(left: float, right: float) -> int | float:
    is_whole = isinstance(left, int) and isinstance(right, int) and left % right == 0
    return left // right if is_whole else left / right


def _order(act: Callable[..., bool]) -> Callable[[object, object, str], bool]:
    def compute(left: object, right: object, source: str) -> bool:
        if isinstance(left, str) and isinstance(right, str):
            return act(left, right)
        return act(_number(left, source), _number(right, source))

    return compute


def _contains(left: object, right: object, source: str) -> bool:
    if isinstance(right, str):
        return text(left) in right
    if isinstance(right, Mapping):
        return isinstance(left, str) and left in right
    if isinstance(right, list | tuple):
        return left in right
    raise TemplateError("template.type", f"{shown(source)} looks for something in {kind(right)}.")


BINARY: Mapping[str, Callable[[object, object, str], object]] = {
    "Add": _add,
    "Sub": _arithmetic(operator.sub),
    "Mul": _arithmetic(operator.mul),
    "Div": _arithmetic(_divide),
    "FloorDiv": _arithmetic(operator.floordiv),
    "Mod": _arithmetic(operator.mod),
}
UNARY: Mapping[str, Callable[[object, str], object]] = {
    "Not": lambda value, _source: not is_true(value),
    "Neg": lambda value, source: -_number(value, source),
    "Pos": _number,
}
COMPARE: Mapping[str, Callable[[object, object, str], bool]] = {
    "eq": lambda left, right, _source: left == right,
    "ne": lambda left, right, _source: left != right,
    "lt": _order(operator.lt),
    "lteq": _order(operator.le),
    "gt": _order(operator.gt),
    "gteq": _order(operator.ge),
    "in": _contains,
    "notin": lambda left, right, source: not _contains(left, right, source),
}
