"""Every error code stands in docs/errors.md with its cause and remedy, and every code there can happen."""

import ast
import re
from collections.abc import Iterable
from itertools import chain

import pytest

from shape.tree import PRODUCT, ROOT, Function, files, read, sources, table

PAGE = "docs/errors.md"
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
TABLE = re.compile(r"(?i)code|error|refusal|problem")
ROW = re.compile(r"^\| `([a-z0-9_.]+)`", re.MULTILINE)

pytestmark = pytest.mark.skipif(PAGE not in files(), reason=f"{PAGE} is not written yet")


def takes_code_first(function: Function) -> bool:
    names = [argument.arg for argument in function.args.args if argument.arg not in {"self", "cls"}]
    return names[:1] == ["code"]


def error_makers() -> set[str]:
    """What is called with a code first: error classes, other classes and functions that begin with `code`."""
    makers = {f.name for s in sources(*PRODUCT) for f in s.functions() if takes_code_first(f)}
    classes = [node for source in sources(*PRODUCT) for node in source.nodes(ast.ClassDef)]
    for kind in classes:
        fields = [
            s.target.id for s in kind.body if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)
        ]
        if kind.name.endswith("Error") or fields[:1] == ["code"]:
            makers.add(kind.name)
    for _ in range(4):  # a family's members: errors that are named for what happened
        makers |= {kind.name for kind in classes if {ast.unparse(base) for base in kind.bases} & makers}
    return makers


def codes_of_calls() -> set[str]:
    makers, found = error_makers(), set()
    for call in chain.from_iterable(source.nodes(ast.Call) for source in sources(*PRODUCT)):
        named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
        is_maker = (
            ast.unparse(call.func).split(".")[-1] in makers or ast.unparse(call.func) == "super().__init__"
        )
        found |= literals([*named, *(call.args[:1] if is_maker else [])])
    return found


def codes_of_tables() -> set[str]:
    """From `code = "…"` in a class, and from tables whose name says that they hold errors."""
    found: set[str] = set()
    for source in sources(*PRODUCT):
        plain = [
            (ast.unparse(target), node.value) for node in source.nodes(ast.Assign) for target in node.targets
        ]
        typed = [(ast.unparse(node.target), node.value) for node in source.nodes(ast.AnnAssign) if node.value]
        for name, value in [*plain, *typed]:
            if TABLE.search(name):
                found |= literals(ast.walk(value))
    return found


def literals(nodes: Iterable[ast.AST]) -> set[str]:
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {text for text in texts if CODE.fullmatch(text)}


def documented() -> list[str]:
    return ROW.findall(read(PAGE)) if (ROOT / PAGE).exists() else []


def test_every_code_that_is_raised_is_documented() -> None:
    missing = sorted((codes_of_calls() | codes_of_tables()) - set(documented()))
    assert not missing, table(missing)


def test_every_documented_code_can_happen() -> None:
    text = "\n".join(source.text for source in sources(*PRODUCT))
    gone = [code for code in documented() if f'"{code}"' not in text]
    assert not gone, table(gone)


def test_every_code_is_documented_once() -> None:
    rows = documented()
    twice = sorted({code for code in rows if rows.count(code) > 1})
    assert rows
    assert not twice, table(twice)
