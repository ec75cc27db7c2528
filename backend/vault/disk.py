"""Files that survive a power cut: read with bounds, write beside, replace. Knows no content."""

import contextlib
import errno
import os
import secrets
import stat
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_REPLACE_TIMEOUT_S = 2.0
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one saved file from the next without reading it."""

    device: int
    inode: int
    size_bytes: int
    modified_ns: int


def stamp(path: Path) -> Stamp | None:
    """The file's stamp, symbolic links followed; None when there is no file. 2 µs."""
    try:
        return _stamp(os.stat(path))  # noqa: PTH116 - Path.stat takes twice the time
    except FileNotFoundError:
        return None


def read_file(path: Path, *, limit_bytes: int) -> tuple[bytes, Stamp]:
    """At most `limit_bytes` + 1 bytes of an ordinary file, and its stamp.

    Raises:
        OSError: it cannot be read, or is no ordinary file.
    """
    # O_NONBLOCK: opening a pipe somebody put there must not wait for its writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        present = os.fstat(file.fileno())
        if not stat.S_ISREG(present.st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file")
        return file.read(limit_bytes + 1), _stamp(present)


def write_beside(target: Path, data: bytes) -> Path:
    """A new file `<target>.tmp.<random>` with this content, 0600, on the disk when this returns."""
    path = temporary(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            _write_all(file.fileno(), data)
    except OSError:
        drop(path)
        raise
    return path


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, 0o600)
    if os.utime in os.supports_fd:
        # The kernel's own times tick every few milliseconds: two saves in one tick would share a stamp.
        now_ns = time.time_ns()
        os.utime(descriptor, ns=(now_ns, now_ns))
    flush(descriptor)


def flush(descriptor: int) -> None:
    """Onto the disk: on macOS fsync alone stops in the drive's cache."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def flush_directory(directory: Path) -> None:
    """Names onto the disk: a rename is lost with the power until its folder is flushed."""
    if sys.platform == "win32":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(source: Path, target: Path) -> None:
    """Rename over `target`; on Windows wait out a virus scanner that holds it."""
    deadline_s = time.monotonic() + _REPLACE_TIMEOUT_S
    while True:
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt" or time.monotonic() > deadline_s:
                raise
            time.sleep(0.02)
        else:
            return


def copy_over(source: Path, target: Path, *, limit_bytes: int) -> None:
    """Make `target` the same file as `source`: by a hard link, or by its content where there are no links."""
    path = temporary(target)
    try:
        os.link(source, path)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        path = write_beside(target, read_file(source, limit_bytes=limit_bytes)[0])
    replace(path, target)
    # rename(2) of two names of one file does nothing and leaves both.
    drop(path)


def temporary(target: Path) -> Path:
    """A new name beside `target` that `drop_stale` finds again."""
    return target.with_name(f"{target.name}.tmp.{os.getpid()}-{secrets.token_hex(4)}")


def drop_stale(target: Path) -> None:
    """Remove what an interrupted save left behind. Only for the holder of the lock."""
    prefix = f"{target.name}.tmp."
    for name in os.listdir(target.parent):  # noqa: PTH208 - no globbing of names we did not choose
        if name.startswith(prefix):
            drop(target.parent / name)


def drop(path: Path) -> None:
    """Remove a file, if it is there and can be removed."""
    with contextlib.suppress(OSError):
        path.unlink()


def _stamp(present: os.stat_result) -> Stamp:
    return Stamp(present.st_dev, present.st_ino, present.st_size, present.st_mtime_ns)
