"""Computes a checked expression by a fixed table: it reaches data, operators and filters, nothing else."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from engine.template.errors import TemplateError, UnknownName, shown, too_large
from engine.template.filters import FILTERS, FilterError
from engine.template.operators import BINARY, COMPARE, UNARY, is_large, is_true, joined, text
from engine.template.part import fetch
from engine.template.unsent import is_unsent

if TYPE_CHECKING:
    from jinja2 import nodes

Lookup: TypeAlias = Callable[[str], object]


def evaluate(node: "nodes.Node", lookup: Lookup, source: str) -> object:
    """The value of a node that `check` has passed. Raises TemplateError `template.…`."""
    return EVALUATE[type(node).__name__](node, lookup, source)


def meets_unsent(root: "nodes.Node", lookup: Lookup, source: str) -> bool:
    """Whether an expression that failed works on what a service was not asked for."""
    from jinja2 import nodes

    paths = [root, *root.find_all((nodes.Name, nodes.Getattr, nodes.Getitem))]
    return any(_is_unsent(path, lookup, source) for path in paths)


def _is_unsent(path: "nodes.Node", lookup: Lookup, source: str) -> bool:
    try:
        return is_unsent(evaluate(path, lookup, source))
    except TemplateError:
        return False


def _name(node: "nodes.Name", lookup: Lookup, _source: str) -> object:
    return lookup(node.name)


def _const(node: "nodes.Const", _lookup: Lookup, _source: str) -> object:
    return node.value


def _getattr(node: "nodes.Getattr", lookup: Lookup, source: str) -> object:
    return fetch(evaluate(node.node, lookup, source), node.attr, source=source)


def _getitem(node: "nodes.Getitem", lookup: Lookup, source: str) -> object:
    from jinja2 import nodes

    value = evaluate(node.node, lookup, source)
    if not isinstance(node.arg, nodes.Slice):
        return fetch(value, evaluate(node.arg, lookup, source), source=source)
    if not isinstance(value, str | list | tuple):
        message = f"{shown(source)} slices something that is neither a list nor text."
        raise TemplateError("template.type", message)
    start, stop, step = (
        _index(end, lookup, source) for end in (node.arg.start, node.arg.stop, node.arg.step)
    )
    if step == 0:
        raise TemplateError("template.type", f"{shown(source)} slices in steps of 0.")
    return value[start:stop:step]


def _index(node: "nodes.Expr | None", lookup: Lookup, source: str) -> int | None:
    index = None if node is None else evaluate(node, lookup, source)
    if index is None or (isinstance(index, int) and not isinstance(index, bool)):
        return index
    raise TemplateError("template.type", f"{shown(source)} slices at something that is no whole number.")


def _apply(node: "nodes.Filter", lookup: Lookup, source: str) -> object:
    arguments = [evaluate(each, lookup, source) for each in node.args]
    named = {str(each.key): evaluate(each.value, lookup, source) for each in node.kwargs}
    value: object = None
    if node.node is not None:
        try:
            value = evaluate(node.node, lookup, source)
        except UnknownName:
            if node.name != "default":
                raise
    _refuse_large(node.node, value, source)
    try:
        result = FILTERS[node.name](value, *arguments, **named)
    except FilterError as error:
        raise TemplateError("template.filter", f"{shown(source)}: {node.name} {error}") from None
    except TypeError:
        message = f"{shown(source)}: {node.name} was given arguments it does not take."
        raise TemplateError("template.filter", message, hint="docs/templates.md has an example.") from None
    if is_large(result):
        raise too_large(shown(source))
    return result


def _compare(node: "nodes.Compare", lookup: Lookup, source: str) -> object:
    left = _bounded(node.expr, lookup, source)
    for operand in node.ops:
        right = _bounded(operand.expr, lookup, source)
        if not COMPARE[operand.op](left, right, source):
            return False
        left = right
    return True


def _bounded(node: "nodes.Expr", lookup: Lookup, source: str) -> object:
    value = evaluate(node, lookup, source)
    _refuse_large(node, value, source)
    return value


def _refuse_large(node: "nodes.Expr | None", value: object, source: str) -> None:
    """A list written out may hold one large value many times over; what a filter gave is bounded already."""
    if type(node).__name__ in {"List", "Tuple", "Dict"} and is_large(value):
        raise too_large(shown(source))


def _binary(node: "nodes.BinExpr", lookup: Lookup, source: str) -> object:
    left, right = evaluate(node.left, lookup, source), evaluate(node.right, lookup, source)
    return BINARY[type(node).__name__](left, right, source)


def _concat(node: "nodes.Concat", lookup: Lookup, source: str) -> object:
    return joined([evaluate(each, lookup, source) for each in node.nodes], source)


def _and(node: "nodes.And", lookup: Lookup, source: str) -> object:
    left = evaluate(node.left, lookup, source)
    return evaluate(node.right, lookup, source) if is_true(left) else left


def _or(node: "nodes.Or", lookup: Lookup, source: str) -> object:
    left = evaluate(node.left, lookup, source)
    return left if is_true(left) else evaluate(node.right, lookup, source)


def _unary(node: "nodes.UnaryExpr", lookup: Lookup, source: str) -> object:
    return UNARY[type(node).__name__](evaluate(node.node, lookup, source), source)


def _choose(node: "nodes.CondExpr", lookup: Lookup, source: str) -> object:
    if is_true(evaluate(node.test, lookup, source)):
        return evaluate(node.expr1, lookup, source)
    return None if node.expr2 is None else evaluate(node.expr2, lookup, source)


def _list(node: "nodes.List | nodes.Tuple", lookup: Lookup, source: str) -> object:
    return [evaluate(item, lookup, source) for item in node.items]


def _dict(node: "nodes.Dict", lookup: Lookup, source: str) -> object:
    return {
        text(evaluate(pair.key, lookup, source)): evaluate(pair.value, lookup, source) for pair in node.items
    }


EVALUATE: Mapping[str, Callable[..., object]] = {
    "Name": _name,
    "Const": _const,
    "Getattr": _getattr,
    "Getitem": _getitem,
    "Filter": _apply,
    "Compare": _compare,
    "Concat": _concat,
    "And": _and,
    "Or": _or,
    "CondExpr": _choose,
    "List": _list,
    "Tuple": _list,
    "Dict": _dict,
    **dict.fromkeys(BINARY, _binary),
    **dict.fromkeys(UNARY, _unary),
}
