"""Which process a run belongs to, and whether that process lives: a file that it holds locked.

The system lets go of a lock when its process ends, however it ends, so nothing has to be guessed from process
numbers, which are used again. filelock is not used: importing it costs more than these lines.
"""

import errno
import os
import sys
import uuid
from pathlib import Path

_SUFFIX = ".owner"


class Owner:
    """This process, as the others see it. It holds its file from the first run on until it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor = -1
        self._token = ""
        self._is_closed = False

    @property
    def token(self) -> str:
        """The name that this process gives its runs. Raises OSError when the file cannot be made."""
        if self._is_closed:
            raise OSError(errno.EBADF, "closed", str(self._folder))
        while not self._token:
            token = uuid.uuid4().hex
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / f"{token}{_SUFFIX}"
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            # Somebody who looked before it was locked took it for a dead one's, and may have removed it.
            if _is_locked(descriptor, shared=False) and path.exists():
                self._descriptor, self._token = descriptor, token
            else:
                os.close(descriptor)
        return self._token

    def others(self) -> frozenset[str]:
        """The tokens of the other processes that live. Clears away what the dead left. Raises OSError."""
        if not self._folder.is_dir():
            return frozenset()
        found = (path for path in self._folder.iterdir() if path.suffix == _SUFFIX)
        return frozenset(path.stem for path in found if path.stem != self._token and _is_held(path))

    def close(self) -> None:
        """Let go of the file, for good."""
        self._is_closed = True
        if self._token:
            os.close(self._descriptor)
            (self._folder / f"{self._token}{_SUFFIX}").unlink(missing_ok=True)
            self._token = ""


def _is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        if not _is_locked(descriptor, shared=True):
            return True
        path.unlink(missing_ok=True)
        return False
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _is_locked(descriptor: int, *, shared: bool) -> bool:  # noqa: ARG001 - Windows knows no shared one
        """Lock the file, or say that another process has."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_locked(descriptor: int, *, shared: bool) -> bool:
        """Lock the file, or say that another process has. Those who only look do not disturb each other."""
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
