"""Replace a file as a whole or not at all. For files without secrets; the vault has a writer of its own."""

import contextlib
import os
import secrets
import sys
import time
from pathlib import Path

from backend.places import make_private
from backend.store.errors import unwritable

# A writer that still runs after this long is not one of ours: its leftovers may go.
_STALE_AFTER_S = 3600
_WINDOWS_RETRIES = 40
_WINDOWS_WAIT_S = 0.05


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` with mode 0600: readers see the old bytes or the new, even after a crash.

    The folder is made (0700) when it is missing. A symbolic link is followed: what it names is replaced.
    Raises StoreError `store.unwritable`.
    """
    try:
        target = path.resolve()
        make_private(target.parent)
        _write(target, content)
    except OSError as error:
        raise unwritable(path, error) from error


def create_file(path: Path, content: bytes) -> None:
    """Write a new file with mode 0600 for somebody else to take. No link is followed.

    Raises FileExistsError when anything is there, StoreError `store.unwritable`.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def _write(target: Path, content: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _drop_leftovers(target, written_at=temporary.stat().st_mtime)
        _replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_directory(target.parent)


def _replace(temporary: Path, target: Path) -> None:
    # On Windows a virus scanner or an indexer may hold the old file for a moment.
    for _ in range(_WINDOWS_RETRIES if sys.platform == "win32" else 0):
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(_WINDOWS_WAIT_S)
        else:
            return
    temporary.replace(target)


def _drop_leftovers(target: Path, *, written_at: float) -> None:
    """Remove what a killed writer left behind. Ages are compared on the file system's own clock."""
    prefix = f".{target.name}."
    for leftover in target.parent.iterdir():
        if leftover.name.startswith(prefix) and leftover.name.endswith(".tmp"):
            with contextlib.suppress(OSError):
                if written_at - leftover.stat().st_mtime > _STALE_AFTER_S:
                    leftover.unlink()


def _sync_directory(directory: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
