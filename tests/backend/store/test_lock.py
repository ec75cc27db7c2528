"""Lock files: one process at a time, and nothing that somebody else put in their place."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.store.lock import take
from engine.errors import LoopiError
from servers.command_line import ROOT
from servers.other_user import NOBODY, may_be_another_user

CODE = "schedule.lock_unusable"
TRY = """
import os, sys
os.chdir(os.path.dirname(sys.argv[1]))
from pathlib import Path
from backend.store.lock import take
from engine.errors import LoopiError
if len(sys.argv) > 2:
    os.setuid(int(sys.argv[2]))
try:
    print("free" if take(Path(os.path.basename(sys.argv[1])), code="schedule.lock_unusable") else "taken")
except LoopiError as error:
    print(error.code, error.message)
"""

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


def in_another_process(file: Path, *user: str) -> str:
    command = [sys.executable, "-c", TRY, str(file), *user]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environ, timeout=30)
    return done.stdout.strip()


def link(file: Path) -> None:
    (file.parent / "victim").write_text("precious")
    file.symlink_to(file.parent / "victim")


def dangling(file: Path) -> None:
    file.symlink_to(file.parent / "nowhere")


PLANTED: dict[str, tuple[Callable[[Path], object], str]] = {
    "link": (link, "a link"),
    "link to nowhere": (dangling, "a link"),
    "folder": (Path.mkdir, "a folder"),
    "pipe": (os.mkfifo, "no ordinary file"),
}


@posix
@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_no_file_is_refused_and_left_as_it_is(kind: str, tmp_path: Path) -> None:
    plant, words = PLANTED[kind]
    file = tmp_path / "some.lock"
    plant(file)
    before = file.lstat()
    assert in_another_process(file).startswith(
        f"{CODE} The lock file {file.name} cannot be used: it is {words}"
    )
    assert (file.lstat().st_ino, file.lstat().st_mode) == (before.st_ino, before.st_mode)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(not may_be_another_user(), reason="root alone can become another user")
def test_a_lock_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "some.lock"
    tmp_path.chmod(0o711)
    file.touch(0o600)
    said = in_another_process(file, str(NOBODY))
    assert said == f"{CODE} The lock file {file.name} cannot be used: permission denied."


def test_one_at_a_time_across_processes(tmp_path: Path) -> None:
    file = tmp_path / "some.lock"
    held = take(file, code=CODE)
    assert held is not None
    assert in_another_process(file) == "taken"
    held.release()
    assert in_another_process(file) == "free"


@posix
def test_nobody_else_may_open_it(tmp_path: Path) -> None:
    held = take(tmp_path / "some.lock", code=CODE)
    assert held is not None
    assert stat.S_IMODE((tmp_path / "some.lock").stat().st_mode) == 0o600
    held.release()


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LoopiError) as refused:
        take(tmp_path / "file" / "some.lock", code=CODE)
    assert refused.value.code == CODE
