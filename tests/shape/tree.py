"""The tree as the shape tests read it: files that git tracks or would track, parsed once."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ("engine", "backend")
WRITTEN = (*PRODUCT, "build", "tests")

Node = TypeVar("Node", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file. `path` counts from the top level, with forward slashes."""

    path: str
    text: str
    module: ast.Module

    @property
    def length(self) -> int:
        return self.text.count("\n")

    def nodes(self, kind: type[Node]) -> Iterator[Node]:
        return (node for node in _nodes(self.path).get(kind, []) if isinstance(node, kind))

    def functions(self) -> Iterator[Function]:
        yield from self.nodes(ast.FunctionDef)
        yield from self.nodes(ast.AsyncFunctionDef)

    def at(self, node: ast.expr | ast.stmt | ast.excepthandler) -> str:
        return f"{self.path}:{node.lineno}"


@cache
def files() -> tuple[str, ...]:
    # A checkout may belong to another user than the one who tests it.
    trusted = ["git", "-c", "safe.directory=*"]
    listing = [*trusted, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(sorted({name for name in names if name and (ROOT / name).is_file()}))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Parse the Python files of these top-level folders."""
    chosen = (name for name in files() if name.endswith(".py") and name.split("/")[0] in folders)
    return tuple(_parse(name) for name in chosen)


@cache
def _parse(name: str) -> Source:
    text = (ROOT / name).read_text(encoding="utf-8")
    return Source(name, text, ast.parse(text, filename=name))


@cache
def _nodes(name: str) -> dict[type[ast.AST], list[ast.AST]]:
    """Every node of a file by its kind: walked once, asked by every test."""
    found: dict[type[ast.AST], list[ast.AST]] = {}
    for node in ast.walk(_parse(name).module):
        found.setdefault(type(node), []).append(node)
    return found


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def table(offenders: Iterable[str]) -> str:
    """One offender per line: what an assertion shows."""
    return "\n  ".join(["", *offenders])
