"""The encrypted bundle: credentials and automations for another machine, under a passphrase of their own.

The bytes are the business of `backend.vault.bundle`; its neighbours say what goes in and comes out.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from backend.adapters.bundle_content import read_content
from backend.adapters.bundle_error import MIN_PASSPHRASE, BundleError, of_vault
from backend.adapters.bundle_export import Wanted, gather
from backend.adapters.bundle_import import save_content
from backend.adapters.imports import SavedImport
from backend.credentials.service import CredentialService
from backend.credentials.type_book import TypeBook
from backend.store.automations import AutomationStore
from backend.store.errors import reason
from backend.vault import bundle, disk
from backend.vault.errors import VaultError
from backend.vault.file import read_vault
from backend.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Sealed:
    """A bundle's bytes, and how much is in it."""

    content: bytes
    automations: int
    credentials: int


@dataclass(frozen=True, slots=True)
class Bundles:
    """Makes bundles of what is here, and takes them over. Nothing is on a disk in the clear in between."""

    vault: Vault
    types: TypeBook
    credentials: CredentialService
    automations: AutomationStore

    def seal(self, wanted: Wanted, passphrase: str) -> Sealed:
        """Raises BundleError, and as the vault and the automations."""
        if len(passphrase) < MIN_PASSPHRASE:
            raise BundleError("bundle.weak_passphrase")
        found = gather(self.automations, self.credentials, wanted)
        content = bundle.seal(found.to_json(), passphrase)
        return Sealed(content, len(found.automations), len(found.credentials))

    def take(self, data: bytes, passphrase: str) -> SavedImport:
        """Save what is inside, all of it or nothing. Raises BundleError, and as the stores."""
        try:
            opened = bundle.unseal(data, passphrase)
        except VaultError as error:
            raise of_vault(error) from None
        found = read_content(opened, self.types)
        return save_content(found, self.vault, self.types, self.automations)


def read(path: Path) -> bytes:
    """The bytes of a bundle, at most one more than it may have. Raises BundleError `bundle.unreadable`."""
    try:
        found = read_vault(path)
    except VaultError as error:
        raise of_vault(error) from None
    if found is None:
        raise BundleError("bundle.unreadable", f"There is no file {path}.")
    return found[0]


def write(path: Path, content: bytes) -> None:
    """A new file, 0600, whole or not there. Raises BundleError `bundle.exists`, `bundle.unwritable`."""
    try:
        written = disk.write_beside(path, content)
        try:
            _put(written, path)
        finally:
            disk.drop(written)
        disk.flush_directory(path.parent)
    except FileExistsError:
        raise BundleError("bundle.exists", f"{path} exists already.") from None
    except OSError as error:
        raise BundleError("bundle.unwritable", f"{path} could not be written: {reason(error)}.") from None


def _put(written: Path, path: Path) -> None:
    try:
        os.link(written, path)  # unlike a rename, it takes no other file's place
    except FileExistsError:
        raise
    except OSError:
        # No hard links here, as on most USB sticks.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        disk.replace(written, path)
