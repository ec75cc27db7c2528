"""The vault file on disk: read, lock, save atomically, keep one backup, set aside. Knows no key."""

import contextlib
import errno
import os
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from backend.vault import disk, lock
from backend.vault.disk import Stamp
from backend.vault.errors import VaultError
from backend.vault.format import MAX_FILE_BYTES

NAME = "credentials.json.enc"
_REASONS = {
    errno.ENOSPC: "The disk is full; the vault on disk is unchanged.",
    errno.EDQUOT: "Your space on this disk is used up; the vault on disk is unchanged.",
    errno.EFBIG: "The vault may not grow to that size here; the vault on disk is unchanged.",
    errno.EROFS: "The vault's folder is read-only; the vault on disk is unchanged.",
    errno.EACCES: "Your account may not write to the vault's folder; the vault on disk is unchanged.",
    errno.EPERM: "Your account may not write to the vault's folder; the vault on disk is unchanged.",
}


class VaultFile:
    """`credentials.json.enc` in a folder, with its `.bak`, its `.lock` and what was set aside."""

    def __init__(self, directory: Path, *, lock_timeout_s: float = 10.0) -> None:
        self.directory = directory
        self.path = directory / NAME
        self._lock_timeout_s = lock_timeout_s

    def stamp(self) -> Stamp | None:
        return disk.stamp(self.path)

    def read(self) -> tuple[bytes, Stamp] | None:
        """The file's bytes; None on first use, when there is neither a file nor a backup.

        Raises:
            VaultError: `vault.missing` beside a backup, `vault.unreadable`.
        """
        found = read_vault(self.path)
        if found is None and (self.has_backup() or self._is_link_to_nowhere()):
            raise VaultError("vault.missing")
        return found

    def has_backup(self) -> bool:
        return os.path.lexists(self._backup())

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Alone among all processes, with the folder made private and stale temporary files gone.

        Raises:
            VaultError: `vault.busy`, `vault.not_saved`, `vault.lock_unusable`.
        """
        target = self._target()
        with contextlib.ExitStack() as stack:
            with _as_not_saved():
                _make_private(self.directory)
                stack.enter_context(lock.hold(target, timeout_s=self._lock_timeout_s))
                disk.drop_stale(target)
            yield

    def save(self, data: bytes, *, is_revoking: bool) -> None:
        """Replace the file by these bytes, or leave it as it is. Only while `locked`.

        The former file becomes the backup. When a key was revoked the backup is the new file too: the former
        one would still open with the old key.

        Raises:
            VaultError: `vault.not_saved`.
        """
        target, backup = self._target(), self._backup()
        with _as_not_saved():
            written = disk.write_beside(target, data)
            try:
                if is_revoking and (target.exists() or backup.exists()):
                    disk.replace(disk.write_beside(backup, data), backup)
                elif target.exists():
                    disk.copy_over(target, backup, limit_bytes=MAX_FILE_BYTES)
                disk.replace(written, target)
            except OSError:
                disk.drop(written)
                raise
            disk.flush_directory(target.parent)

    def read_backup(self) -> bytes:
        """The backup's bytes.

        Raises:
            VaultError: `vault.no_backup`, `vault.unreadable`.
        """
        found = read_vault(self._backup())
        if found is None:
            raise VaultError("vault.no_backup")
        return found[0]

    def restore(self, data: bytes) -> None:
        """Set the present file aside and put the backup's bytes in its place. Only while `locked`."""
        target = self._target()
        with _as_not_saved():
            written = disk.write_beside(target, data)
            _set_aside(target)
            disk.replace(written, target)
            disk.flush_directory(target.parent)

    def set_aside(self) -> None:
        """Move file and backup out of the way, under names that say when. Only while `locked`."""
        target = self._target()
        with _as_not_saved():
            for path in (self._backup(), target):
                _set_aside(path)
            disk.flush_directory(target.parent)

    def has_set_aside(self) -> bool:
        """Whether a file that was set aside still lies here: its key may yet be wanted."""
        target = self._target()
        names = os.listdir(target.parent)  # noqa: PTH208 - no globbing of names we did not choose
        return any(name.startswith(target.name) and ".corrupt-" in name for name in names)

    def is_private(self) -> bool:
        """Whether only this account may enter the folder and read the file."""
        if sys.platform == "win32":
            return True
        present = [path.stat() for path in (self.directory, self.path) if path.exists()]
        return all(entry.st_uid == os.geteuid() and not entry.st_mode & 0o077 for entry in present)

    def _target(self) -> Path:
        """The file behind a symbolic link: replacing the link would part the vault from where it is kept."""
        return Path(os.path.realpath(self.path))

    def _is_link_to_nowhere(self) -> bool:
        """Whether the vault is kept on a drive that is not here now."""
        return self.path.is_symlink() and not self._target().parent.exists()

    def _backup(self) -> Path:
        target = self._target()
        return target.with_name(f"{target.name}.bak")


def read_vault(path: Path) -> tuple[bytes, Stamp] | None:
    """The bytes of a vault file, at most one more than a vault may have; None when there is no file.

    Raises:
        VaultError: `vault.unreadable`.
    """
    try:
        return disk.read_file(path, limit_bytes=MAX_FILE_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VaultError("vault.unreadable") from error


def _set_aside(path: Path) -> None:
    """Rename to `<name>.corrupt-<UTC time>`, over nothing that is there."""
    if not os.path.lexists(path):
        return
    aside = path.with_name(f"{path.name}.corrupt-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    if os.path.lexists(aside):
        aside = aside.with_name(f"{aside.name}-{secrets.token_hex(4)}")
    path.rename(aside)


def _make_private(directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sys.platform != "win32":
        directory.chmod(0o700)


@contextlib.contextmanager
def _as_not_saved() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise VaultError("vault.not_saved", _REASONS.get(error.errno or 0, "")) from error
