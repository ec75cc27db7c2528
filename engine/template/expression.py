"""The expressions inside `{{ … }}`: read here, checked in `check`, computed in `evaluation`.

Nothing is compiled or called: Jinja2's own sandbox compiles each expression to Python and lets it run; here
a fixed list of node types is walked instead, so an expression reaches data, operators and the filters of
`engine.template.filters`, and nothing else exists for it to reach. Plain paths, which most placeholders are,
need no parser at all: a run that has no others never imports Jinja2 (0.1 s).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from engine.template import CREDENTIALS
from engine.template.errors import TemplateError, credential_form, shown
from engine.template.part import fetch
from engine.template.unsent import Unsent

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

MAX_EXPRESSION = 2_000
Lookup: TypeAlias = Callable[[str], object]

_PATH = re.compile(r"\s*([A-Za-z_]\w*)((?:\.\w+|\[\d{1,9}\])*)\s*", re.ASCII)
_KEY = re.compile(r"\.(\w+)|\[(\d+)\]", re.ASCII)
_CONSTANTS = {"true", "false", "none", "True", "False", "None", "not"}


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression, ready to compute: `names` are the variables it starts from.

    `is_plain` marks a path without operators and filters.
    """

    source: str
    names: frozenset[str]
    compute: Callable[[Lookup], object]
    is_plain: bool = False


@lru_cache(maxsize=4096)
def expression(source: str) -> Expression:
    """The expression that `source` spells. Raises TemplateError `template.…` when it cannot be used."""
    if len(source) > MAX_EXPRESSION:
        raise TemplateError(
            "template.syntax",
            f"{shown(source)} has more than {MAX_EXPRESSION} characters between its braces.",
        )
    return _path(source) or _tree(source)


def _path(source: str) -> Expression | None:
    match = _PATH.fullmatch(source)
    if match is None or match[1] in _CONSTANTS:
        return None
    name = match[1]
    keys = tuple(key or int(index) for key, index in _KEY.findall(match[2]))
    if name == CREDENTIALS and (len(keys) != 1 or not isinstance(keys[0], str)):
        raise credential_form(source)

    def compute(lookup: Lookup) -> object:
        value = lookup(name)
        for key in keys:
            value = fetch(value, key, source=source)
        return value

    return Expression(source.strip(), frozenset({name}), compute, is_plain=True)


def _tree(source: str) -> Expression:
    from jinja2 import nodes

    from engine.template.check import check
    from engine.template.evaluation import evaluate, meets_unsent

    root = _parsed(source)
    check(root, source)
    names = frozenset(node.name for node in root.find_all(nodes.Name))
    if isinstance(root, nodes.Name):
        names |= {root.name}

    def compute(lookup: Lookup) -> object:
        try:
            return evaluate(root, lookup, source)
        except RecursionError:
            message = f"{shown(source)} works on a value that is nested too deeply."
            raise TemplateError("template.type", message) from None
        except TemplateError:
            if meets_unsent(root, lookup, source):
                return Unsent(source.strip())
            raise

    return Expression(source.strip(), names, compute)


def _parsed(source: str) -> "nodes.Expr":
    from jinja2 import TemplateSyntaxError, nodes

    try:
        # The spaces keep a minus from joining the braces, where Jinja2 takes it for "trim".
        body = _environment().parse("{{ " + source + " }}").body
    except TemplateSyntaxError as error:
        raise TemplateError("template.syntax", f"{shown(source)} cannot be read: {error.message}.") from None
    except RecursionError:
        raise TemplateError("template.syntax", f"{shown(source)} is nested too deeply.") from None
    except (ValueError, OverflowError):
        raise TemplateError("template.syntax", f"{shown(source)} holds a number that is none.") from None
    output = body[0] if body else None
    if len(body) != 1 or not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        hint = "Put a name between the braces."
        raise TemplateError("template.syntax", "A placeholder holds one expression.", hint=hint)
    return output.nodes[0]


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment

    return Environment(autoescape=False)  # noqa: S701  # only its parser is used: nothing is rendered
