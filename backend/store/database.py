"""SQLite files for their user alone, whatever the umask says and whoever was there before. Knows no table."""

import errno
import os
import sqlite3
import stat
from pathlib import Path

from backend.places import make_private

_MODE = 0o600
# SQLite makes these with the mode of the database, and takes them as they are when they are there.
_COMPANIONS = ("", "-wal", "-shm", "-journal")


def open_private(file: Path, *, timeout_s: float = 10) -> sqlite3.Connection:
    """A connection without transactions of its own, for any thread. File and folder are made when missing.

    Raises OSError for a link, for what is no file and for a file of another user; sqlite3.Error.
    """
    make_private(file.parent)
    _make(file)
    for ending in _COMPANIONS:
        _close(file.with_name(file.name + ending))
    return sqlite3.connect(file, timeout=timeout_s, check_same_thread=False, isolation_level=None)


def _make(file: Path) -> None:
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
    try:
        os.close(os.open(file, flags, _MODE))
    except FileExistsError:
        return


def _close(file: Path) -> None:
    """Let nobody else read it. It is not opened for that: to close it again would end the locks of SQLite."""
    try:
        found = file.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.ELOOP, f"{file.name} is no file, or a link to one", str(file))
    if os.name != "posix":
        return
    if found.st_uid != os.getuid():
        raise OSError(errno.EPERM, f"{file.name} belongs to another user", str(file))
    if stat.S_IMODE(found.st_mode) != _MODE:
        file.chmod(_MODE)
