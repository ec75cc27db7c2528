"""The set-up of the page, in a checkout of its own whose npm is a shell script that notes its calls."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parent.parent.parent / "build" / "ui.py"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs made here are shell scripts")

# `npm ci` makes the folder of packages; `npm run --silent build -- --outDir FOLDER …` writes a page into it.
NPM = """
echo "$@" >> ../calls
case "$1" in
  ci) mkdir -p node_modules;;
  run) if grep -q broken index.html; then echo "a fault in the page"; exit 1; fi
       if [ "$3" = build ]; then mkdir -p "$6"; cp index.html "$6"; fi;;
esac
"""


@pytest.fixture
def ui(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    for folder in ("build", "backend", "ui/src", "bin"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc", "index.html"):
        (tmp_path / "ui" / name).write_text("1", encoding="utf-8")
    program(tmp_path / "bin/node", "echo v22.12.0")
    program(tmp_path / "bin/npm", NPM)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    spec = importlib.util.spec_from_file_location("ui_copy", shutil.copy(SCRIPT, tmp_path / "build"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its own module up by name.
    monkeypatch.setitem(sys.modules, "ui_copy", module)
    spec.loader.exec_module(module)
    return module


def program(place: Path, text: str) -> None:
    place.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    place.chmod(0o755)


def calls(ui: ModuleType) -> list[str]:
    """The verbs that npm was asked for."""
    noted = ui.ROOT / "calls"
    asked = noted.read_text("utf-8").split("\n") if noted.exists() else []
    noted.unlink(missing_ok=True)
    return [line.split()[0] for line in asked if line]


def test_a_page_is_built_once(ui: ModuleType) -> None:
    assert ui.main([]) == 0
    assert calls(ui) == ["ci", "run"]
    assert (ui.WEB / "index.html").is_file()
    assert ui.main([]) == 0
    assert calls(ui) == []


@pytest.mark.parametrize("changed", ["ui/src/new.ts", "ui/index.html", "backend/web/index.html"])
def test_a_change_of_the_page_or_of_what_was_built_calls_for_a_new_page(ui: ModuleType, changed: str) -> None:
    ui.main([])
    calls(ui)
    (ui.ROOT / changed).write_text("changed", encoding="utf-8")
    assert ui.main([]) == 0
    assert calls(ui) == ["run"]


def test_a_page_with_a_fault_ends_with_its_words_and_leaves_the_last_good_one(
    ui: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    ui.main([])
    (ui.UI / "index.html").write_text("broken", encoding="utf-8")
    assert ui.main([]) == 1
    assert "a fault in the page" in capsys.readouterr().out
    assert (ui.WEB / "index.html").read_text("utf-8") == "1"
    assert not ui.is_built()


def test_packages_are_installed_anew_when_their_lock_changes(ui: ModuleType) -> None:
    ui.ready_node()
    ui.ready_node()
    assert calls(ui) == ["ci"]
    (ui.UI / "package-lock.json").write_text("2", encoding="utf-8")
    ui.ready_node()
    assert calls(ui) == ["ci"]


def test_no_package_runs_a_script_while_it_is_installed(ui: ModuleType) -> None:
    ui.ready_node()
    assert "--ignore-scripts" in (ui.ROOT / "calls").read_text("utf-8")


def test_a_checkout_without_a_page_builds_none(ui: ModuleType) -> None:
    shutil.rmtree(ui.UI)
    assert ui.main([]) == 0
    assert not ui.WEB.exists()


@pytest.mark.parametrize(
    ("version", "suits"),
    [
        ("v18.20.4", False),
        ("v20.18.9", False),
        ("v20.19.0", True),
        ("v21.9.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("", False),
    ],
)
def test_node_suits_from_20_19_and_from_22_12_on(ui: ModuleType, version: str, *, suits: bool) -> None:
    assert ui.is_suitable(version) is suits


def test_a_node_too_old_is_passed_over(ui: ModuleType) -> None:
    program(ui.ROOT / "bin/node", "echo v18.0.0")
    assert ui.machine_node() is None
