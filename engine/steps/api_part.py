"""The hidden file in which an answer grows, beside its place: locked while its process lives. Knows no HTTP.

Its name comes from that of its place, so that who writes there again finds what a killed process left. The
system lets go of a lock when its process ends, however it ends; process numbers are used again.
"""

import contextlib
import errno
import hashlib
import itertools
import os
import stat
import sys
import time
from pathlib import Path
from typing import IO

_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_SWEPT = 8
"""How many leftover part files of one target are looked at and removed."""
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_WINDOWS_AGE_S = 60.0


class Part:
    """A new file beside `target`, mode 0600, until `take_place` or `drop`.

    What dead processes left there is gone. Raises OSError.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path, descriptor = _open(target)
        self.file: IO[bytes] = os.fdopen(descriptor, "wb")
        self._has_name = True

    def take_place(self, *, may_overwrite: bool) -> None:
        """Become the file at `target`, whole and on the disk. Raises FileExistsError, OSError."""
        self.file.flush()
        os.fsync(self.file.fileno())
        if sys.platform == "win32":
            self.file.close()  # what is open cannot be renamed there; elsewhere it stays locked meanwhile
        if may_overwrite:
            self._path.replace(self._target)
        else:
            self._take_free_place()
        self._has_name = False

    def drop(self) -> None:
        """Let go of it; nothing is in the way of that."""
        if sys.platform != "win32":
            self._unlink()  # while it is locked: afterwards the name may be another one's
        # On a full disk, what was still in memory goes nowhere.
        with contextlib.suppress(OSError):
            self.file.close()
        if sys.platform == "win32":
            self._unlink()

    def _take_free_place(self) -> None:
        """Takes no name that is taken: of two steps that write it at the same time one fails."""
        try:
            os.link(self._path, self._target)
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            self._take_in_two_steps()
        else:
            self._path.unlink()

    def _take_in_two_steps(self) -> None:
        os.close(os.open(self._target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            self._path.replace(self._target)
        except OSError:
            self._target.unlink(missing_ok=True)
            raise

    def _unlink(self) -> None:
        if self._has_name:
            with contextlib.suppress(OSError):
                self._path.unlink()
            self._has_name = False


def _open(target: Path) -> tuple[Path, int]:
    for number in range(_SWEPT):
        drop_if_dead(_part(target, number))
    for number in itertools.count():
        path = _part(target, number)
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
            # Somebody who looked before it was locked took it for a dead one's, and may have removed it.
            if _may_use(descriptor) and _is_named(path, descriptor):
                return path, descriptor
            os.close(descriptor)
    raise AssertionError  # counting has no end


def drop_if_dead(path: Path) -> None:
    """Remove the file of a process that has ended. A link, a folder, a pipe or a living one's file stays."""
    try:
        descriptor = os.open(path, os.O_RDWR | _FLAGS)
    except OSError:
        return
    is_dead = _is_dead(descriptor) and _is_named(path, descriptor)
    if sys.platform == "win32":
        os.close(descriptor)  # nothing that is open can be removed there
    with contextlib.suppress(OSError):
        if is_dead:
            path.unlink()
    if sys.platform != "win32":
        os.close(descriptor)  # after it is gone: nobody else may take the lock meanwhile


def _part(target: Path, number: int) -> Path:
    """A digest, since the name itself may be as long as a name can be."""
    digest = hashlib.sha256(target.name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return target.with_name(f".loopi-{digest}-{number}.tmp")


def _is_named(path: Path, descriptor: int) -> bool:
    """Whether the file that is open is the one of this name, and a file."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and os.path.samestat(found, os.fstat(descriptor))


if sys.platform == "win32":

    def _may_use(_descriptor: int) -> bool:
        return True

    def _is_dead(descriptor: int) -> bool:
        """A file that is open cannot be removed there; one that is just being renamed is younger."""
        return time.time() - os.fstat(descriptor).st_mtime > _WINDOWS_AGE_S

else:
    import fcntl

    def _may_use(descriptor: int) -> bool:
        """Lock it. Where nothing can be locked, nothing is taken for dead either."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def _is_dead(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
