import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from backend.window.system_gi import SystemFinder, see_system_gi


def test_only_the_named_packages_are_found(tmp_path: Path) -> None:
    for name in ("gi", "requests"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    finder = SystemFinder(tmp_path)
    found = finder.find_spec("gi")
    assert found is not None
    assert found.origin == str(tmp_path / "gi" / "__init__.py")
    assert finder.find_spec("requests") is None
    assert finder.find_spec("gi.repository") is None


def test_what_was_built_for_another_python_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if see_system_gi(()):
        pytest.skip("this Python has PyGObject itself")
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    (tmp_path / "gi").mkdir()
    (tmp_path / "gi" / "__init__.py").touch()
    (tmp_path / "gi" / "_gi.cpython-27-x86_64-linux-gnu.so").touch()
    assert not see_system_gi([tmp_path])
    (tmp_path / "gi" / f"_gi{EXTENSION_SUFFIXES[0]}").touch()
    assert see_system_gi([tmp_path])
