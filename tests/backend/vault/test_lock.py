"""The vault's lock file: what somebody else put in its place is refused, and left as it is."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.vault.errors import VaultError
from backend.vault.file import NAME
from backend.vault.lock import hold
from servers.command_line import ROOT, Cli
from servers.other_user import NOBODY, may_be_another_user

CODE = "vault.lock_unusable"
HOLD = """
import os, sys
from pathlib import Path
from backend.vault.errors import VaultError
from backend.vault.lock import hold
os.chdir(sys.argv[1])
with hold(Path("other"), timeout_s=5):
    pass  # all is imported that the other user may not read
os.setuid(int(sys.argv[2]))
try:
    with hold(Path("vault"), timeout_s=5):
        print("held")
except VaultError as error:
    print(error.code)
"""

PLANTED: dict[str, tuple[Callable[[Path], object], str]] = {
    "link": (lambda file: file.symlink_to(file.parent / "victim"), "it is a link"),
    "folder": (Path.mkdir, "it is a folder"),
    "pipe": (os.mkfifo, "it is no ordinary file"),
}


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "home")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")
@pytest.mark.parametrize("kind", PLANTED)
def test_a_save_says_what_is_wrong_with_the_lock_and_how_to_heal_it(cli: Cli, kind: str) -> None:
    plant, words = PLANTED[kind]
    lock = cli.home / f"{NAME}.lock"
    cli.home.mkdir()
    (cli.home / "victim").write_text("precious")
    plant(lock)
    before = lock.lstat()
    ended = cli(
        "credentials", "add", "--type", "apiKey", "--name", "A", "--stdin", "--json", stdin='{"apiKey": "k"}'
    )
    assert (ended.code, ended.error) == (1, CODE)
    assert str(lock) in ended.json["error"]["message"]
    assert words in ended.json["error"]["message"]
    assert (lock.lstat().st_ino, (cli.home / "victim").read_text()) == (before.st_ino, "precious")
    assert not (cli.home / NAME).exists()


@pytest.mark.skipif(not may_be_another_user(), reason="root alone can become another user")
def test_a_lock_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    (tmp_path / "vault.lock").touch(0o600)
    done = subprocess.run(
        [sys.executable, "-c", HOLD, str(tmp_path), str(NOBODY)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=30,
    )
    assert done.stdout.strip() == CODE


def test_a_lock_is_held_by_one_and_stays_when_it_is_given_back(tmp_path: Path) -> None:
    with (
        hold(tmp_path / NAME, timeout_s=0),
        pytest.raises(VaultError) as refused,
        hold(tmp_path / NAME, timeout_s=0.05),
    ):
        pass
    assert refused.value.code == "vault.busy"
    with hold(tmp_path / NAME, timeout_s=0):
        pass
    assert (tmp_path / f"{NAME}.lock").exists()
