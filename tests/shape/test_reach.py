"""What the code may not do, however it is meant. Each table is the audit list of its kind."""

import ast
import re
from collections import Counter

from shape.tree import PRODUCT, WRITTEN, Source, sources, table

BY_NAME = {"getattr", "setattr", "hasattr", "delattr", "attrgetter", "methodcaller"}
BY_MODULE = {"import_module", "__import__"}
BROAD = {"Exception", "BaseException"}

# the two places where anything at all may be caught, because something outside waits for an answer
CATCHES_ALL = {
    "backend/bridge/door.py": "the page gets an envelope, whatever happened",
    "backend/runs/service.py": "the run's thread ends with an event, whatever happened",
}

# who takes a secret out of its wrapping, and what for
REVEALS = {
    "backend/credentials/records.py": "the record that the vault seals",
    "engine/filling.py": "the holes in a step's parameters, the moment before it acts",
    "engine/ports.py": "what the redactor looks for",
    "engine/secrets.py": "comparison in constant time",
    "engine/signing/value.py": "what is written into a signed request",
    "engine/steps/twitter_client.py": "the four keys that tweepy signs with",
}


def called(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def looks_up_by_variable(call: ast.Call) -> bool:
    asked = called(call.func)
    names = call.args[1:2] if asked in {"getattr", "setattr", "hasattr", "delattr"} else call.args[:1]
    return asked in BY_NAME | BY_MODULE and not all(is_literal(name) for name in names)


def test_nothing_is_found_by_a_name_that_is_not_written_down() -> None:
    lookups = [
        s.at(c) for s in sources(*PRODUCT, "build") for c in s.nodes(ast.Call) if looks_up_by_variable(c)
    ]
    assert not lookups, table(lookups)


def broad_catches(source: Source) -> list[str]:
    """Where everything is caught and not passed on. Cleaning up and raising again is no catch."""
    caught = []
    for handler in source.nodes(ast.ExceptHandler):
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        is_broad = any(kind is None or called(kind) in BROAD for kind in kinds)
        last = handler.body[-1]
        if is_broad and not (isinstance(last, ast.Raise) and last.exc is None):
            caught.append(source.at(handler))
    suppressed = (call for call in source.nodes(ast.Call) if called(call.func) == "suppress")
    return caught + [source.at(c) for c in suppressed if any(called(kind) in BROAD for kind in c.args)]


def test_everything_is_caught_in_two_places_only() -> None:
    catches = {source.path: broad_catches(source) for source in sources(*PRODUCT, "build")}
    allowed = Counter(CATCHES_ALL.keys())
    many = [place for path, places in catches.items() for place in places[allowed[path] :]]
    assert not many, table(many)


def test_a_secret_is_revealed_in_listed_files_only() -> None:
    reveals = {s.path for s in sources(*PRODUCT) for node in s.nodes(ast.Attribute) if node.attr == "reveal"}
    assert reveals == REVEALS.keys(), table(sorted(reveals ^ REVEALS.keys()))


def test_nothing_is_left_for_later() -> None:
    # Brackets keep the pattern from matching its own line.
    later = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K|NotImplemented[E]rror)\b")
    left = [
        f"{source.path}:{number}"
        for source in sources(*WRITTEN)
        for number, line in enumerate(source.text.splitlines(), start=1)
        if later.search(line)
    ]
    assert not left, table(left)
