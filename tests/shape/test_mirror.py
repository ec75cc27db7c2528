"""Every module has its test file: backend/vault/file.py is tested in tests/backend/vault/test_file.py."""

import ast
from pathlib import PurePosixPath

from shape.tree import PRODUCT, Source, files, sources, table

# module → the file that tests it instead, or why there is nothing to test
TESTED_ELSEWHERE = {
    "backend/bridge/contract/automations.py": "tests/backend/bridge/contract/test_shape.py",
    "backend/bridge/contract/bundle.py": "tests/backend/bridge/contract/test_shape.py",
    "backend/bridge/contract/credentials.py": "tests/backend/bridge/contract/test_shape.py",
    "backend/bridge/contract/history.py": "tests/backend/bridge/contract/test_shape.py",
    "backend/bridge/contract/imports.py": "tests/backend/bridge/contract/test_shape.py",
    "backend/bridge/contract/schedules.py": "tests/backend/bridge/contract/test_shape.py",
    "backend/bridge/contract/settings.py": "tests/backend/bridge/contract/test_shape.py",
    "backend/bridge/contract/vault.py": "tests/backend/bridge/contract/test_shape.py",
    "backend/bridge/contract/window.py": "tests/backend/bridge/contract/test_shape.py",
    "backend/window/library.py": "tests/backend/window/test_opening.py",
    "backend/window/qt.py": "tests/backend/window/test_opening.py",
    "backend/importers/loopi_block.py": "tests/backend/importers/test_loopi_graph.py",
    "engine/redact/escapes.py": "tests/engine/test_redact.py",
    "engine/redact/forms.py": "tests/engine/test_redact.py",
    "engine/redact/redactor.py": "tests/engine/test_redact.py",
    "engine/redact/scanner.py": "tests/engine/test_redact.py",
    "engine/redact/tree.py": "tests/engine/test_redact_value.py",
}


def mirror_of(module: str) -> str:
    path = PurePosixPath("tests", module)
    return str(path.with_name(f"test_{path.name}"))


def has_code(source: Source) -> bool:
    """A package's face that only imports and names has nothing of its own to test."""
    plain = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Expr)
    return not source.path.endswith("__init__.py") or any(
        not isinstance(statement, plain) for statement in source.module.body
    )


def test_every_module_has_its_test_file() -> None:
    existing = set(files())
    modules = {source.path for source in sources(*PRODUCT) if has_code(source)}
    untested = sorted(m for m in modules - TESTED_ELSEWHERE.keys() if mirror_of(m) not in existing)
    assert not untested, table(untested)


def test_every_exception_is_still_needed() -> None:
    existing = set(files())
    stale = [m for m in TESTED_ELSEWHERE if m not in existing or mirror_of(m) in existing]
    assert not stale, table(stale)


def test_every_test_file_named_instead_exists() -> None:
    named = {place for place in TESTED_ELSEWHERE.values() if place.startswith("tests/")}
    assert named <= set(files()), table(sorted(named - set(files())))
