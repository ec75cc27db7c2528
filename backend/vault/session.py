"""One process's hold on a vault: the key it derived, what it read, how it saves. Used by `Vault`."""

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from backend.vault import body, opening, secret
from backend.vault import format as vault_format
from backend.vault.cipher import IV_SIZE_BYTES
from backend.vault.disk import Stamp
from backend.vault.errors import VaultError
from backend.vault.file import VaultFile
from backend.vault.kdf import KEY_SIZE_BYTES
from backend.vault.keys import KeySource
from backend.vault.opening import Content, Unlocked
from backend.vault.slots import DataKey, Entropy, SlotKey, make_slot


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The credentials as one save left them. Shared by all readers: not to be changed."""

    generation: int
    credentials: tuple[Mapping[str, object], ...] = field(repr=False)


EMPTY = Snapshot(0, ())


@dataclass(frozen=True, slots=True)
class _Seen:
    stamp: Stamp
    snapshot: Snapshot


class Session:
    """Safe to use from several threads. Opens with the key it has if that is the file's, else asks `keys`."""

    def __init__(self, file: VaultFile, keys: KeySource, *, entropy: Entropy) -> None:
        self.file = file
        self.keys = keys
        self.entropy = entropy
        self._guard = threading.RLock()
        self._unlocked: Unlocked | None = None
        self._seen: _Seen | None = None

    @property
    def opened_by(self) -> str | None:
        """The name of the secret's source, while this process has the key."""
        unlocked = self._unlocked
        return unlocked.source if unlocked else None

    def read(self) -> Snapshot:
        """The credentials on disk now, from memory while the file has the stamp of the last reading."""
        seen = self._seen
        if seen is not None and seen.stamp == self.file.stamp():
            return seen.snapshot
        with self._guard:
            self._seen = None
            found = self.file.read()
            if found is None:
                return EMPTY
            content = self.open(found[0])
            self._seen = _Seen(found[1], Snapshot(content.generation, tuple(content.credentials)))
            return self._seen.snapshot

    def open(self, data: bytes) -> Content:
        """The content of a vault file, with the key that opened it kept for the next one."""
        content = opening.open_vault(data, self.keys, known=self._unlocked)
        self._unlocked = content.unlocked
        return content

    def open_afresh(self, data: bytes) -> Content:
        """As `open`, through a slot: the key that is known already is not tried."""
        content = opening.open_vault(data, self.keys)
        self._unlocked = content.unlocked
        return content

    def unlock_with(self, passphrase: str) -> None:
        """Open with this passphrase and no other secret.

        Raises:
            VaultError: as `open`; `vault.wrong_key` also when the vault has no passphrase.
        """
        with self._guard:
            found = self.file.read()
            if found is not None:
                given = secret.passphrase(passphrase, "The passphrase")
                self._unlocked = opening.unlock_with(vault_format.parse(found[0]).slots, given)
                self.open(found[0])

    def forget(self) -> None:
        """Let go of the key and of all that was read."""
        with self._guard:
            self._unlocked = None
            self._seen = None

    @contextlib.contextmanager
    def alone(self) -> Iterator[Content]:
        """The vault as it is on disk now, or a new one, while no other thread or process can save."""
        with self._guard:
            self.read()  # asks for a passphrase, if it has to, before anybody waits for the lock
            with self.file.locked():
                found = self.file.read()
                yield self.open(found[0]) if found else self._new()

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """As `alone`, without opening the vault."""
        with self._guard, self.file.locked():
            yield

    def save(self, content: Content, *, is_revoking: bool = False) -> Snapshot:
        """Seal and save as the next generation; only while `alone`. A new vault gets its first slot."""
        if content.key.slots:
            return self._write(content, is_revoking=is_revoking)
        body.encode(content.credentials)  # before a key is made for nothing
        made = self.keys.make_key(self.new_kid(), entropy=self.entropy)
        with self.kept_only_if_saved(made):
            return self._write(self.with_slot(content, made), is_revoking=is_revoking)

    @contextlib.contextmanager
    def kept_only_if_saved(self, made: SlotKey) -> Iterator[None]:
        """Take a new keychain entry back when the vault it was made for could not be saved."""
        try:
            yield
        except VaultError:
            self.keys.discard_new(made)
            raise

    def with_slot(self, content: Content, made: SlotKey) -> Content:
        """The content with one slot more, by which it counts as opened where its own slot is gone."""
        slot = make_slot(content.key.value, made, entropy=self.entropy)
        key = DataKey(content.key.value, (*content.key.slots, slot))
        unlocked = content.unlocked
        if all(kept.kid != unlocked.kid for kept in content.key.slots):
            unlocked = Unlocked(key.value, made.kid, self.keys.named_source() or made.type)
        return replace(content, key=key, unlocked=unlocked)

    def new_kid(self) -> str:
        """The id of a new slot: 16 hexadecimal digits."""
        return self.entropy(8).hex()

    def _new(self) -> Content:
        data_key = self.entropy(KEY_SIZE_BYTES)
        return Content(0, DataKey(data_key, ()), [], Unlocked(data_key, "", ""))

    def _write(self, content: Content, *, is_revoking: bool) -> Snapshot:
        iv = self.entropy(IV_SIZE_BYTES)
        data = body.seal(content.credentials, content.key, generation=content.generation + 1, iv=iv)
        self.file.save(data, is_revoking=is_revoking)
        self._unlocked = content.unlocked
        # Read back rather than kept: the caller may still hold, and change, the objects it gave.
        return self.read()
