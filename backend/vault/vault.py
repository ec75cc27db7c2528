"""The vault as the rest of the product uses it: read, change, lock, passphrase, backup. Knows nobody else."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from backend.vault import format as vault_format
from backend.vault import opening, secret, status
from backend.vault.body import Credential
from backend.vault.errors import VaultError
from backend.vault.file import VaultFile, read_vault
from backend.vault.keys import KeySource
from backend.vault.opening import Content
from backend.vault.session import EMPTY, Session, Snapshot
from backend.vault.slots import KEYCHAIN, KEYFILE, PASSPHRASE, DataKey, Entropy, SlotKey

Edit = Callable[[list[Credential]], list[Credential]]


class Vault:
    """One vault folder. Safe to use from several threads; other processes may use the same folder.

    The secret is derived once per process. Each method may raise `VaultError`; its codes are in docs/.
    """

    def __init__(
        self, directory: Path, keys: KeySource, *, entropy: Entropy = os.urandom, lock_timeout_s: float = 10.0
    ) -> None:
        self._file = VaultFile(directory, lock_timeout_s=lock_timeout_s)
        self._session = Session(self._file, keys, entropy=entropy)
        self._keys = keys

    def read(self) -> Snapshot:
        """The credentials now; from memory when nobody has saved since. Empty before the first save."""
        return self._session.read()

    def change(self, edit: Edit) -> Snapshot:
        """Apply `edit` to the credentials as they are on disk, and save what it returns.

        `edit` gets objects of its own. No other process can save meanwhile: be quick, ask nobody.
        """
        with self._session.alone() as content:
            return self._session.save(replace(content, credentials=edit(content.credentials)))

    def status(self) -> status.Status:
        """What can be told without the key. Asks for no secret, writes nothing."""
        return status.describe(self._file, self._keys, opened_by=self._session.opened_by)

    @property
    def is_unlocked(self) -> bool:
        """Whether this process has the key in its memory."""
        return self._session.opened_by is not None

    def has_passphrase(self) -> bool:
        """Whether a passphrase opens it. Asks for no secret."""
        return any(slot.type == PASSPHRASE for slot in self.status().slots)

    def unlock(self, passphrase: str | None = None) -> Snapshot:
        """Open with this passphrase, or with the secrets of this process when none is given."""
        if passphrase is not None:
            self._session.unlock_with(passphrase)
        return self._session.read()

    def lock(self) -> None:
        """Forget the key and all that was read. The next read needs the secret again."""
        self._session.forget()

    def set_passphrase(self, new: str, *, current: str | None = None) -> Snapshot:
        """Turn the passphrase on, or change it. `current` is required when there is one.

        The keys this computer keeps stop opening the vault; a key named for this process goes on doing so.
        """
        given = secret.passphrase(new, "The new passphrase")
        if given.doubt:
            raise VaultError("vault.bad_passphrase", "The new passphrase ends with a line break.")
        with self._session.alone() as content:
            self._confirm(content, current)
            made = SlotKey(PASSPHRASE, self._session.new_kid(), given.value)
            return self._exchange(content, made)

    def remove_passphrase(self, *, current: str | None = None) -> Snapshot:
        """Let this computer keep the key again: in its keychain, or in `vault.key` where there is none."""
        with self._session.alone() as content:
            self._confirm(content, current)
            made = self._keys.make_device_key(self._session.new_kid(), entropy=self._session.entropy)
            with self._session.kept_only_if_saved(made):
                return self._exchange(content, made)

    def drop_slot(self, kid: str) -> Snapshot:
        """Take away one key of the vault, but not the last one."""
        with self._session.alone() as content:
            kept = tuple(slot for slot in content.key.slots if slot.kid != kid)
            if len(kept) == len(content.key.slots):
                raise VaultError("vault.no_such_slot")
            if not kept:
                raise VaultError("vault.last_slot")
            return self._revoke(content, replace(content, key=DataKey(content.key.value, kept)))

    def restore_backup(self) -> Snapshot:
        """Put the backup in the place of the vault file, which is set aside as `.corrupt-<UTC time>`.

        Nothing is moved unless the backup opens with the secrets of this process.
        """
        with self._session.locked():
            self._refuse_newer()
            data = self._file.read_backup()
            self._session.open(data)
            self._file.restore(data)
            return self._session.read()

    def copy(self) -> bytes:
        """The vault file as it is on disk: encrypted, and of use only with one of its keys."""
        found = read_vault(self._file.path)
        if found is None:
            raise VaultError("vault.missing")
        return found[0]

    def restore_copy(self, data: bytes) -> Snapshot:
        """Put a copy in the place of the vault file, which is set aside as `.corrupt-<UTC time>`.

        Nothing is moved unless the copy opens with the secrets of this process. The key in memory does not
        count: a copy with an older passphrase would open now, and never again.
        """
        with self._session.locked():
            self._refuse_newer()
            self._session.open_afresh(data)
            self._file.restore(data)
            return self._session.read()

    def start_anew(self) -> Snapshot:
        """Set vault file and backup aside as `.corrupt-<UTC time>`. The next save makes a new vault."""
        with self._session.locked():
            self._refuse_newer()
            self._file.set_aside()
            self._session.forget()
            return EMPTY

    def _confirm(self, content: Content, current: str | None) -> None:
        """Only who knows the present passphrase may change it, even where the vault is already open."""
        slots = [slot for slot in content.key.slots if slot.type == PASSPHRASE]
        if not slots:
            return
        if current is None:
            raise VaultError("vault.locked", "The present passphrase is needed to change it.")
        opening.unlock_with(slots, secret.passphrase(current, "The present passphrase"))

    def _exchange(self, content: Content, made: SlotKey) -> Snapshot:
        """Put one new key in the place of the passphrase and of the keys this computer keeps."""
        is_named = self._keys.named_source() is not None and made.type == PASSPHRASE
        kept = tuple(
            slot
            for slot in content.key.slots
            if slot.type not in {PASSPHRASE, KEYCHAIN, KEYFILE}
            or (is_named and slot.type != PASSPHRASE and slot.kid == content.unlocked.kid)
        )
        with_new = self._session.with_slot(replace(content, key=DataKey(content.key.value, kept)), made)
        return self._revoke(content, with_new)

    def _revoke(self, content: Content, changed: Content) -> Snapshot:
        kept = changed.key.slots
        saved = self._session.save(changed, is_revoking=True)
        dropped = [slot for slot in content.key.slots if slot not in kept]
        if not self._file.has_set_aside():
            self._keys.discard(dropped, kept)
        return saved

    def _refuse_newer(self) -> None:
        """A newer version's vault is not broken, so it is not set aside."""
        try:
            found = read_vault(self._file.path)
            vault_format.parse(found[0] if found else b"")
        except VaultError as error:
            if error.code == "vault.too_new":
                raise
