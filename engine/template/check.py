"""What an expression may be made of: refuses the rest before anything is computed."""

import math
from typing import TYPE_CHECKING

from engine.template import CREDENTIALS
from engine.template.errors import TemplateError, credential_form, nearest, shown
from engine.template.evaluation import EVALUATE
from engine.template.filters import FILTERS

if TYPE_CHECKING:
    from jinja2 import nodes

MAX_DEPTH = 60
# Each filter may pass over 16 MiB once: a bound on their number is a bound on the time.
MAX_FILTERS = 10
_STRUCTURE = frozenset({"Keyword", "Pair", "Operand", "Slice"})
# What the redactor finds again in an answer. Anything that takes a secret apart, compares it or changes it
# otherwise would let an automation learn it, piece by piece, from what its steps answer or how they fail.
_CREDENTIAL_NODES = frozenset({"Name", "Const", "Getattr", "Getitem", "Concat", "Filter"})
_CREDENTIAL_FILTERS = frozenset({"base64", "url", "default"})


def check(root: "nodes.Expr", source: str) -> None:
    """Refuse what expressions do not have. Raises TemplateError `template.…`."""
    from jinja2 import nodes

    waiting: list[tuple[nodes.Node, int]] = [(root, 0)]
    seen: list[nodes.Node] = []
    while waiting:
        node, depth = waiting.pop()
        seen.append(node)
        if depth > MAX_DEPTH:
            raise TemplateError("template.syntax", f"{shown(source)} is nested too deeply.")
        _check_node(node, source)
        waiting.extend((child, depth + 1) for child in node.iter_child_nodes())
    if sum(isinstance(node, nodes.Filter) for node in seen) > MAX_FILTERS:
        raise TemplateError("template.syntax", f"{shown(source)} has more than {MAX_FILTERS} filters.")
    names = {node.name for node in seen if isinstance(node, nodes.Name)}
    if CREDENTIALS in names:
        _check_credentials(root, seen, source)


def _check_node(node: "nodes.Node", source: str) -> None:
    from jinja2 import nodes

    kind = type(node).__name__
    if kind not in EVALUATE and kind not in _STRUCTURE:
        raise TemplateError(
            "template.syntax",
            f"{shown(source)} uses something that placeholders do not have ({kind}).",
            hint="Placeholders take names, paths, numbers, text, operators, comparisons and filters.",
        )
    if isinstance(node, nodes.Const) and isinstance(node.value, float) and not math.isfinite(node.value):
        raise TemplateError("template.syntax", f"{shown(source)} holds a number that is too large.")
    if isinstance(node, nodes.Filter):
        _check_filter(node, source)


def _check_filter(node: "nodes.Filter", source: str) -> None:
    if node.name not in FILTERS:
        near = nearest(node.name, FILTERS)
        hint = f"Did you mean {near}?" if near else "The filters are listed in docs/templates.md."
        raise TemplateError("template.unknown_filter", f"There is no filter named {node.name}.", hint=hint)
    if node.node is None or node.dyn_args is not None or node.dyn_kwargs is not None:
        message = f"{shown(source)} gives {node.name} its arguments with an asterisk."
        raise TemplateError("template.syntax", message, hint="Write the arguments one by one.")


def _check_credentials(root: "nodes.Expr", seen: "list[nodes.Node]", source: str) -> None:
    from jinja2 import nodes

    if _is_signature(root, seen):
        return
    if {node.name for node in seen if isinstance(node, nodes.Name)} != {CREDENTIALS}:
        raise TemplateError(
            "template.mixed",
            f"{shown(source)} mixes a credential with other names.",
            hint="Use two placeholders side by side, or a signature: {{ text | hmac(credentials.secret) }}.",
        )
    bases = {id(node) for node in map(_field_of, seen) if node is not None}
    if not all(_is_insertion(node, bases) for node in seen):
        raise credential_form(source)


def _is_signature(root: "nodes.Expr", seen: "list[nodes.Node]") -> bool:
    """Whether all is `message | hmac(credentials.field, …)`: what comes out does not lead back to the key.

    The message has no credential in it, and nothing is done with the signature: how it is written is
    an argument.
    """
    from jinja2 import nodes

    if not isinstance(root, nodes.Filter) or root.name != "hmac" or not root.args or root.kwargs:
        return False
    key, *how = root.args
    uses = sum(isinstance(node, nodes.Name) and node.name == CREDENTIALS for node in seen)
    base = _field_of(key)
    is_field = isinstance(base, nodes.Name) and base.name == CREDENTIALS
    return is_field and uses == 1 and all(isinstance(each, nodes.Const) for each in how)


def _field_of(node: "nodes.Node") -> "nodes.Node | None":
    """The `credentials` of `credentials.field` or `credentials["field"]`."""
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        return node.node
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return node.node if isinstance(node.arg.value, str) else None
    return None


def _is_insertion(node: "nodes.Node", bases: set[int]) -> bool:
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return id(node) in bases
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        return isinstance(node.node, nodes.Name) and _field_of(node) is not None
    if isinstance(node, nodes.Filter):
        return node.name in _CREDENTIAL_FILTERS
    return type(node).__name__ in _CREDENTIAL_NODES
