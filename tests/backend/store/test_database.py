"""What the three databases share: nobody else can read them, and no planted file leads them elsewhere."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backend.runs.database import Database
from backend.schedule.errors import ScheduleError
from backend.schedule.store import ScheduleStore
from backend.store.credential_use import Use, UseLog
from backend.store.database import open_private
from engine.errors import LoopiError
from servers.command_line import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")

ENDINGS = ("", "-wal", "-shm")
TRY = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    db.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    print("held")
else:
    print("free")
"""


def _use(file: Path) -> None:
    log = UseLog(file)
    log.record("a", Use(1.0))
    if not log.all():
        raise OSError("nothing was kept")


USERS: list[Callable[[Path], object]] = [Database, ScheduleStore, _use]


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}


@pytest.mark.parametrize("user", USERS)
def test_what_is_made_is_for_its_user_alone(user: Callable[[Path], object], tmp_path: Path) -> None:
    kept = user(tmp_path / "a.db")
    assert modes(tmp_path) == {0o600}
    assert kept is None or {each.name for each in tmp_path.iterdir()} == {f"a.db{each}" for each in ENDINGS}


@pytest.mark.parametrize("user", USERS)
def test_what_others_could_read_is_closed_to_them(user: Callable[[Path], object], tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as before:
        before.executescript("PRAGMA journal_mode=WAL; CREATE TABLE other (n)")
        for ending in ENDINGS:
            (tmp_path / f"a.db{ending}").chmod(0o666)
        kept = user(tmp_path / "a.db")
        assert modes(tmp_path) == {0o600}
    del kept


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_planted_link_is_not_followed(user: Callable[[Path], object], ending: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"")
    (tmp_path / "in").mkdir()
    (tmp_path / f"in/a.db{ending}").symlink_to(tmp_path / "elsewhere")
    with pytest.raises((LoopiError, ScheduleError, OSError)):
        user(tmp_path / "in/a.db")
    assert (tmp_path / "elsewhere").read_bytes() == b""


@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    os.chown(tmp_path / "a.db", 12_345, 12_345)
    with pytest.raises(PermissionError, match="another user"):
        open_private(tmp_path / "a.db")


def test_a_second_connection_leaves_the_locks_of_the_first(tmp_path: Path) -> None:
    """POSIX: a process loses its locks on a file when it closes any descriptor of it."""
    file = tmp_path / "a.db"
    with closing(open_private(file)) as first:
        first.execute("CREATE TABLE a (n)")
        first.execute("BEGIN IMMEDIATE")
        open_private(file).close()
        seen = subprocess.run(
            [sys.executable, "-c", TRY, str(file)], cwd=ROOT, capture_output=True, check=True
        )
    assert seen.stdout == b"held\n"
