"""What a door may ask of the vault without knowing it: its family of errors, and a look into any file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from backend.vault.errors import VaultError
from backend.vault.inspect import inspect_file
from backend.vault.keys import KeySource
from backend.vault.status import Status
from engine.errors import LoopiError

__all__ = ["KEY_TROUBLE", "SHOWN", "Status", "inspect"]

SHOWN: tuple[type[LoopiError], type[VaultError]] = (LoopiError, VaultError)
"""Every error that is written for a person. The two families have one shape."""
KEY_TROUBLE = frozenset(
    {
        "vault.wrong_key",
        "vault.keychain_unavailable",
        "vault.key_file_unsafe",
        "vault.key_file_unreadable",
        "vault.bad_passphrase",
        "vault.locked",
        "vault.too_new",
    }
)
"""What another key, or another try, may heal; all else needs a backup."""


def inspect(
    path: Path,
    directory: Path,
    *,
    environ: Mapping[str, str],
    passphrase: str | None = None,
    ask: Callable[[], str | None] | None = None,
) -> dict[str, object]:
    """What `inspect_file` tells of `path`, opened with the secrets of the user whose folder is `directory`.

    Writes nothing. Raises VaultError.
    """
    return inspect_file(path, KeySource(directory, environ=environ, passphrase=passphrase, ask=ask))
