"""The key file `vault.key`: for machines without a keychain. Protects only a vault that leaves it behind."""

import os
import stat
import sys
from pathlib import Path

from backend.vault import disk, secret
from backend.vault.errors import VaultError
from backend.vault.secret import Secret

NAME = "vault.key"
_LIMIT_BYTES = 4096


def read_key_file(path: Path) -> Secret | None:
    """The key in `vault.key`; None when there is no such file.

    Raises:
        VaultError: `vault.key_file_unsafe`, `vault.key_file_unreadable`, `vault.wrong_key`.
    """
    try:
        present = path.lstat()
        check_private(present)
        content, stamp = disk.read_file(path, limit_bytes=_LIMIT_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VaultError("vault.key_file_unreadable", f"{NAME} could not be read.") from error
    if (stamp.device, stamp.inode) != (present.st_dev, present.st_ino):
        raise VaultError("vault.key_file_unsafe")  # exchanged between the look and the reading
    return secret.key_from_file(content, NAME)


def check_private(present: os.stat_result) -> None:
    """Refuse a key file that others can read or write, that is not ours, or that is a link."""
    if sys.platform == "win32":
        return  # the roaming profile's own access list keeps others out
    is_plain = stat.S_ISREG(present.st_mode)
    if not is_plain or present.st_uid != os.geteuid() or stat.S_IMODE(present.st_mode) & 0o077:
        raise VaultError("vault.key_file_unsafe")


def create_key_file(path: Path, key: bytes) -> Secret:
    """Write a new key file, 0600. Only for the holder of the vault's lock, when there is none.

    Raises:
        VaultError: `vault.not_saved`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        disk.drop_stale(path)
        written = disk.write_beside(path, secret.key_to_base64(key).encode() + b"\n")
        # First under another name: a cut-off key file would be in the way of every later start.
        disk.replace(written, path)
        disk.flush_directory(path.parent)
    except OSError as error:
        raise VaultError("vault.not_saved", f"{NAME} could not be written, so nothing was saved.") from error
    return secret.random_key(key, NAME)


def read_named_file(path: Path, variable: str) -> bytes:
    """The content of a file that the user named in an environment variable; whoever names it answers for it.

    Raises:
        VaultError: `vault.key_file_unreadable`.
    """
    try:
        return disk.read_file(path, limit_bytes=_LIMIT_BYTES)[0]
    except (OSError, ValueError) as error:
        message = f"The file named by {variable} could not be read."
        raise VaultError("vault.key_file_unreadable", message) from error
