"""The vault's lock: `<vault file>.lock`, held while one process saves. Knows no content."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from backend.vault.errors import VaultError

_NOT_OURS = {errno.EACCES, errno.EPERM, errno.ELOOP, errno.EISDIR}


@contextlib.contextmanager
def hold(target: Path, *, timeout_s: float) -> Iterator[None]:
    """Alone among all processes. The lock file stays when the lock is given back.

    Raises:
        VaultError: `vault.busy`, `vault.lock_unusable` for what is no file or may not be written.
        OSError: the folder does not let a lock file be made.
    """
    from filelock import FileLock, Timeout

    path = Path(f"{target}.lock")
    lock = FileLock(path, mode=0o600, poll_interval=0.005, preserve_lock_file=True)
    with contextlib.ExitStack() as stack:
        _refuse_planted(path)
        try:
            stack.enter_context(lock.acquire(timeout=timeout_s))
        except Timeout:
            raise VaultError("vault.busy") from None
        except OSError as error:
            if error.errno in _NOT_OURS and os.path.lexists(path):
                raise _unusable(path, "it may not be written") from error
            raise
        yield


def _refuse_planted(path: Path) -> None:
    """No program of ours puts anything there but a file. filelock follows no link either."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        kinds = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder"}
        raise _unusable(path, f"it is {kinds.get(stat.S_IFMT(mode), 'no ordinary file')}")


def _unusable(path: Path, why: str) -> VaultError:
    return VaultError(
        "vault.lock_unusable", f"The lock file {path} cannot be used: {why}. The vault on disk is unchanged."
    )
