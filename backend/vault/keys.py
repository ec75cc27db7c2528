"""Where the vault's secret comes from: named by the user, keychain, passphrase, key file; in this order."""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from backend.vault import keyfile, secret
from backend.vault.errors import VaultError
from backend.vault.keychain import Keychain
from backend.vault.secret import Secret
from backend.vault.slots import KEYCHAIN, KEYFILE, PASSPHRASE, Entropy, Slot, SlotKey

Ask = Callable[[], str | None]
_STDIN = "--passphrase-stdin"
_TYPED = "passphrase"


class KeySource:
    """The secrets of one process, looked up when needed and never kept.

    `passphrase` is what `--passphrase-stdin` read; `ask` asks a person for the passphrase, and gives None
    when there is no answer. A secret that is named is the only one tried: one that is wrong is an error.
    """

    def __init__(
        self,
        directory: Path,
        *,
        environ: Mapping[str, str] | None = None,
        passphrase: str | None = None,
        ask: Ask | None = None,
        keychain: Keychain | None = None,
    ) -> None:
        self._key_file = directory / keyfile.NAME
        self._environ = os.environ if environ is None else environ
        self._passphrase = passphrase
        self._ask = ask
        self._keychain = keychain or Keychain()

    def named_source(self) -> str | None:
        """The name of the secret the user named for this process, unread."""
        named = next((name for name in _NAMED if name in self._environ), None)
        return named or (None if self._passphrase is None else _STDIN)

    def named(self) -> Secret | None:
        """The secret the user named for this process.

        Raises:
            VaultError: it is not of its form, or its file cannot be read.
        """
        name = self.named_source()
        if name is None:
            return None
        if name == _STDIN:
            return secret.passphrase(self._passphrase or "", _STDIN)
        return _NAMED[name](self._environ[name], name)

    def candidates(self, slots: Sequence[Slot]) -> Iterator[tuple[Slot, Secret]]:
        """What to try on which slot, in order, each looked up only when the one before has failed.

        Raises:
            VaultError: at the end, why nothing opened.
        """
        named = self.named()
        if named is not None:
            yield from ((slot, named) for slot in slots if slot.type in named.slot_types)
            raise wrong_key(named)
        trouble: VaultError | None = None
        for find in (self._from_keychain, self._from_person, self._from_key_file):
            try:
                yield from find(slots)
            except VaultError as error:
                trouble = trouble or error
        raise trouble or VaultError("vault.wrong_key", "No key for this vault was found on this computer.")

    def make_key(self, kid: str, *, entropy: Entropy) -> SlotKey:
        """A secret for a new slot: the named one, else a new entry in the keychain, else the key file.

        Raises:
            VaultError: as `named`; `vault.not_saved` for the key file; `vault.keychain_unavailable`:
                that the keychain is locked is no reason to do without it.
        """
        named = self.named()
        if named is not None and not named.doubt:
            return SlotKey(named.slot_type, kid, named.value)
        if named is not None:
            raise VaultError("vault.bad_passphrase", f"{named.source}: {named.doubt}")
        return self.make_device_key(kid, entropy=entropy)

    def make_device_key(self, kid: str, *, entropy: Entropy) -> SlotKey:
        """As `make_key`, but never a passphrase: a key that this computer keeps."""
        if self._keychain.is_present():
            key = entropy(32)
            self._keychain.add(kid, key)
            return SlotKey(KEYCHAIN, kid, key)
        found = keyfile.read_key_file(self._key_file) or keyfile.create_key_file(self._key_file, entropy(32))
        return SlotKey(KEYFILE, kid, found.value)

    def discard(self, dropped: Sequence[Slot], kept: Sequence[Slot]) -> None:
        """Forget the keys of slots that are gone. What cannot be reached now stays, useless."""
        for slot in dropped:
            self._discard_entry(slot)
        if any(slot.type == KEYFILE for slot in dropped) and not any(slot.type == KEYFILE for slot in kept):
            self._key_file.unlink(missing_ok=True)

    def discard_new(self, made: SlotKey) -> None:
        """Forget the key of a slot that was not saved. A key file stays, to be used next time."""
        self._discard_entry(made)

    def _discard_entry(self, entry: Slot | SlotKey) -> None:
        if entry.type == KEYCHAIN:
            with contextlib.suppress(VaultError):
                self._keychain.delete(entry.kid)

    def has_key_file(self) -> bool:
        return self._key_file.exists()

    def _from_keychain(self, slots: Sequence[Slot]) -> Iterator[tuple[Slot, Secret]]:
        for slot in slots:
            key = self._keychain.get(slot.kid) if slot.type == KEYCHAIN else None
            if key is not None:
                yield slot, secret.random_key(key, "keychain")

    def _from_person(self, slots: Sequence[Slot]) -> Iterator[tuple[Slot, Secret]]:
        typed = [slot for slot in slots if slot.type == PASSPHRASE]
        if not typed:
            return
        answer = self._ask() if self._ask else None
        if answer is None:
            raise VaultError("vault.locked")
        given = secret.passphrase(answer, _TYPED)
        yield from ((slot, given) for slot in typed)
        raise wrong_key(given)

    def _from_key_file(self, slots: Sequence[Slot]) -> Iterator[tuple[Slot, Secret]]:
        of_file = [slot for slot in slots if slot.type == KEYFILE]
        key = keyfile.read_key_file(self._key_file) if of_file else None
        if key is not None:
            yield from ((slot, key) for slot in of_file)


def wrong_key(given: Secret) -> VaultError:
    """The error for a secret that opened nothing, naming its source."""
    if given.source == _TYPED:
        hint = given.doubt or "Type it again. Capital and small letters differ, and each space counts."
        return VaultError("vault.wrong_key", "That passphrase does not open this vault.", hint=hint)
    return VaultError("vault.wrong_key", f"{given.source} does not open this vault.", hint=given.doubt)


def _key_file(path: str, name: str) -> Secret:
    return secret.key_from_file(keyfile.read_named_file(Path(path), name), name)


def _passphrase_file(path: str, name: str) -> Secret:
    content = keyfile.read_named_file(Path(path), name)
    return secret.passphrase(content.decode("utf-8", "surrogateescape"), name)


_NAMED: dict[str, Callable[[str, str], Secret]] = {
    "LOOPI_VAULT_KEY": secret.key_from_hex,
    "LOOPI_VAULT_KEY_FILE": _key_file,
    "LOOPI_VAULT_PASSPHRASE": secret.passphrase,
    "LOOPI_VAULT_PASSPHRASE_FILE": _passphrase_file,
}
