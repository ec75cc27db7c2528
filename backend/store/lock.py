"""Lock files: held by one process at a time, and given back by the system however that process ends."""

import stat
from pathlib import Path

from filelock import FileLock, Timeout

from backend.store.errors import reason
from engine.errors import LoopiError


def take(file: Path, *, code: str) -> FileLock | None:
    """The lock, held now, or None while another process has it. Nobody else may read its file.

    Raises LoopiError `code` for what is no lock file: a link, a folder, a pipe, one that may not be written.
    """
    lock = FileLock(file, mode=0o600)
    try:
        _refuse_planted(file, code)
        lock.acquire(timeout=0)
    except Timeout:
        return None
    except OSError as error:
        raise _unusable(file, code, reason(error)) from error
    return lock


def _refuse_planted(file: Path, code: str) -> None:
    """No program of ours puts anything there but a file."""
    try:
        mode = file.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        kinds = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder"}
        raise _unusable(file, code, f"it is {kinds.get(stat.S_IFMT(mode), 'no ordinary file')}")


def _unusable(file: Path, code: str, why: str) -> LoopiError:
    return LoopiError(
        code,
        f"The lock file {file} cannot be used: {why}.",
        hint="Look who put it there, delete it, and try again: Loopi makes a new one.",
    )
