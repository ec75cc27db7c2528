import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parent.parent.parent / "build" / "bootstrap.py"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs made here are shell scripts")


@pytest.fixture
def bootstrap(tmp_path: Path) -> ModuleType:
    """The script in a checkout of its own, whose .venv holds a Python that fails whenever it is started."""
    for folder in ("build/requirements", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    for name in (
        "build/requirements/dev.txt",
        "build/requirements/run.txt",
        "pyproject.toml",
        ".venv/pyvenv.cfg",
    ):
        (tmp_path / name).write_text("", encoding="utf-8")
    program(tmp_path / ".venv/bin/python", "exit 9")
    copy = shutil.copy(SCRIPT, tmp_path / "build")
    spec = importlib.util.spec_from_file_location("bootstrap_copy", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(place: Path, line: str) -> None:
    place.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    place.chmod(0o755)


def stamp(bootstrap: ModuleType) -> None:
    bootstrap.stamp_file("dev").write_text(bootstrap.fingerprint("dev"), encoding="utf-8")


def test_a_second_call_starts_nothing_and_says_nothing(bootstrap: ModuleType) -> None:
    stamp(bootstrap)
    done = subprocess.run(
        [sys.executable, str(bootstrap.__file__), "dev"], check=True, capture_output=True, text=True
    )
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize(
    "changed", ["build/requirements/dev.txt", "pyproject.toml", ".venv/pyvenv.cfg", "build/bootstrap.py"]
)
def test_a_change_of_what_is_installed_calls_for_a_new_installation(
    bootstrap: ModuleType, changed: str
) -> None:
    stamp(bootstrap)
    (bootstrap.ROOT / changed).write_text("# changed", encoding="utf-8")
    assert not bootstrap.is_ready("dev")


def test_a_failed_installation_leaves_no_stamp_and_ends_with_an_error(
    bootstrap: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    stamp(bootstrap)
    (bootstrap.ROOT / "pyproject.toml").write_text("# changed", encoding="utf-8")
    program(bootstrap.VENV_PYTHON, '[ "$4" = "" ]')  # `-m pip --version` works, `-m pip install …` does not
    assert bootstrap.main(["dev"]) == 1
    assert not bootstrap.stamp_file("dev").exists()
    assert "could not be installed" in capfd.readouterr().out


def test_what_was_installed_to_develop_is_enough_to_run(bootstrap: ModuleType) -> None:
    program(bootstrap.VENV_PYTHON, "exit 0")
    assert bootstrap.main(["dev"]) == 0
    assert bootstrap.is_ready("dev")
    assert bootstrap.is_ready("run")


def test_a_python_without_venv_names_the_command_that_adds_it(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no apt-get there
    with pytest.raises(OSError, match=r"sudo apt-get install python3\.\d+-venv"):
        bootstrap.provide_venv_module()


def test_a_python_too_old_hands_over_to_a_newer_one(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path / "python3.13", "exit 127")  # a shim without a Python behind it
    program(tmp_path / "python3.12", 'echo "$@"')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    assert bootstrap.run_again_with_suitable_python(["dev", "--system"]) == 0
    assert capfd.readouterr().out.split()[-2:] == ["dev", "--system"]


def test_a_python_too_old_and_alone_says_which_one_is_needed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.run_again_with_suitable_python([]) == 1
    assert "Python 3.11 or newer is needed" in capfd.readouterr().out


def test_an_old_python_can_read_the_script() -> None:
    assert ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7)).body
