"""Every error code stands in docs/errors.md with its cause and remedy, and every code there can happen.

A code is dotted lower case, and its first word is a family: `vault.wrong_key`. A family is known by a call
that makes an error of it; from then on every text of that form counts, in tables and comparisons too.
"""

import ast
import re
from itertools import chain

import pytest

from shape.tree import PRODUCT, Function, files, read, sources, table

PAGE = "docs/errors.md"
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
ROW = re.compile(r"^\| `([a-z0-9_.]+)`", re.MULTILINE)
FILE_NAME = re.compile(r".*\.(json|key|enc|db|log)")

needs_page = pytest.mark.skipif(PAGE not in files(), reason=f"{PAGE} is not written yet")


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
    # An error may be named for what happened, and not end in Error: its base tells.
    named = {kind.name for kind in classes if {ast.unparse(base) for base in kind.bases} & makers}
    return makers | named


def code_of(node: ast.expr) -> str:
    is_code = isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    return str(node.value) if isinstance(node, ast.Constant) and is_code else ""


def families() -> set[str]:
    makers, found = error_makers(), set()
    for call in chain.from_iterable(source.nodes(ast.Call) for source in sources(*PRODUCT)):
        found |= {code_of(keyword.value) for keyword in call.keywords if keyword.arg == "code"}
        if ast.unparse(call.func).split(".")[-1] in makers:
            found |= {code_of(argument) for argument in call.args[:1]}
    return {code.split(".")[0] for code in found if code}


def used() -> set[str]:
    constants = chain.from_iterable(source.nodes(ast.Constant) for source in sources(*PRODUCT))
    codes, known = {code_of(node) for node in constants}, families()
    return {code for code in codes if code.split(".")[0] in known and not FILE_NAME.fullmatch(code)}


def documented() -> list[str]:
    return ROW.findall(read(PAGE))


def test_the_families_are_found() -> None:
    assert families() >= {"http", "template", "vault"}


@needs_page
def test_every_code_that_can_happen_is_documented() -> None:
    missing = sorted(used() - set(documented()))
    assert not missing, table(missing)


@needs_page
def test_every_documented_code_can_happen() -> None:
    gone = sorted(set(documented()) - used())
    assert not gone, table(gone)


@needs_page
def test_every_code_is_documented_once() -> None:
    rows = documented()
    twice = sorted({code for code in rows if rows.count(code) > 1})
    assert not twice, table(twice)
