"""From the bytes of a vault file to its credentials: which slot opens, and what is inside. Knows no disk."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.vault import body
from backend.vault import format as vault_format
from backend.vault.body import Credential
from backend.vault.format import Sealed
from backend.vault.keys import KeySource, wrong_key
from backend.vault.secret import Secret
from backend.vault.slots import DataKey, Slot, open_slot


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A data key this process has, and how it got it: the slot's id, and the name of the secret's source."""

    data_key: bytes = field(repr=False)
    kid: str
    source: str


@dataclass(frozen=True, slots=True)
class Content:
    """An opened vault: generation, data key with its slots, and the credentials, which are new objects."""

    generation: int
    key: DataKey
    credentials: list[Credential] = field(repr=False)
    unlocked: Unlocked


def open_vault(data: bytes, keys: KeySource, *, known: Unlocked | None = None) -> Content:
    """Open a vault file, with the data key this process has if it is still the file's, else through a slot.

    Raises:
        VaultError: every code of docs/vault-format.md, in the order given there.
    """
    sealed = vault_format.parse(data)
    if known is None or not body.is_sealed_with(sealed, known.data_key):
        known = unlock(sealed, keys)
    credentials = body.unseal(sealed, known.data_key)
    return Content(sealed.generation, DataKey(known.data_key, sealed.slots), credentials, known)


def unlock(sealed: Sealed, keys: KeySource) -> Unlocked:
    """The data key from the first slot that opens.

    Raises:
        VaultError: why none did, as `KeySource.candidates`.
    """
    for slot, secret in keys.candidates(sealed.slots):
        data_key = open_slot(slot, secret.value)
        if data_key is not None:
            return Unlocked(data_key, slot.kid, secret.source)
    raise AssertionError("KeySource.candidates ends with an error")


def unlock_with(slots: Sequence[Slot], given: Secret) -> Unlocked:
    """The data key from a slot that this one secret opens.

    Raises:
        VaultError: `vault.wrong_key`.
    """
    for slot in slots:
        data_key = open_slot(slot, given.value) if slot.type in given.slot_types else None
        if data_key is not None:
            return Unlocked(data_key, slot.kid, given.source)
    raise wrong_key(given)
