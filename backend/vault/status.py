"""What can be told about a vault without its key: where it is, what opens it, and what that protects."""

from dataclasses import dataclass
from pathlib import Path

from backend.vault import format as vault_format
from backend.vault.file import VaultFile
from backend.vault.keys import KeySource
from backend.vault.slots import KEYCHAIN, KEYFILE, PASSPHRASE, RECOVERY, Slot

_PROTECTION = {
    KEYCHAIN: "Its key is in this computer's keychain: a copy of the vault is useless without that keychain, "
    "but every program you run while you are signed in can ask for it.",
    PASSPHRASE: "It opens with a passphrase: a copy is as safe as the passphrase is hard to guess.",
    KEYFILE: "It opens with a key kept outside of Loopi: keep that key away from copies of the vault.",
    RECOVERY: "It opens with a recovery key: keep that away from copies of the vault.",
}
_KEY_FILE = (
    "Its key lies beside it in vault.key: that protects a copy of the vault that travels without vault.key, "
    "and nothing else."
)


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """One key that opens the vault, without any of its secrets."""

    type: str
    kid: str
    iter: int

    def to_json(self) -> dict[str, object]:
        return {"type": self.type, "kid": self.kid, "iter": self.iter}


@dataclass(frozen=True, slots=True)
class Status:
    """`source` is what opened the vault in this process, else what the user named, else None."""

    path: Path
    exists: bool
    has_backup: bool
    generation: int
    slots: tuple[SlotInfo, ...]
    is_private: bool
    is_unlocked: bool
    source: str | None
    protection: str

    def to_json(self) -> dict[str, object]:
        """The fields by name, `path` as text and `slots` as a list of `{"type", "kid", "iter"}`."""
        return {
            "path": str(self.path),
            "exists": self.exists,
            "has_backup": self.has_backup,
            "generation": self.generation,
            "slots": [slot.to_json() for slot in self.slots],
            "is_private": self.is_private,
            "is_unlocked": self.is_unlocked,
            "source": self.source,
            "protection": self.protection,
        }


def describe(file: VaultFile, keys: KeySource, *, opened_by: str | None) -> Status:
    """Reads the file and writes nothing.

    Raises:
        VaultError: as reading does, up to `vault.policy`: no key is used.
    """
    found = file.read()
    sealed = vault_format.parse(found[0]) if found else None
    slots = sealed.slots if sealed else ()
    return Status(
        path=file.path,
        exists=sealed is not None,
        has_backup=file.has_backup(),
        generation=sealed.generation if sealed else 0,
        slots=describe_slots(slots),
        is_private=file.is_private(),
        is_unlocked=opened_by is not None,
        source=opened_by or keys.named_source(),
        protection=_protection(slots, has_key_file=keys.has_key_file()),
    )


def describe_slots(slots: tuple[Slot, ...]) -> tuple[SlotInfo, ...]:
    return tuple(SlotInfo(slot.type, slot.kid, slot.iterations) for slot in slots)


def _protection(slots: tuple[Slot, ...], *, has_key_file: bool) -> str:
    """One honest sentence for each kind of key: the vault is as safe as the weakest of them."""
    if not slots:
        return "There is no vault yet: the first credential you save makes one."
    table = _PROTECTION | ({KEYFILE: _KEY_FILE} if has_key_file else {})
    kinds = dict.fromkeys(slot.type for slot in slots)
    return " ".join(table[kind] for kind in kinds)
