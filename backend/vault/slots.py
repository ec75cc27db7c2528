"""A slot: the vault's data key, wrapped with one secret. Pure: randomness comes in; knows no file."""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from backend.vault import canonical, cipher, kdf
from backend.vault.errors import VaultError

KEYCHAIN, PASSPHRASE, KEYFILE, RECOVERY = "keychain", "passphrase", "keyfile", "recovery"
TYPES = frozenset({KEYCHAIN, PASSPHRASE, KEYFILE, RECOVERY})
MAX_SLOTS = 8
_KID = re.compile(r"[0-9a-f]{16}")
_SIZES_BYTES = {"salt": 32, "iv": cipher.IV_SIZE_BYTES, "ct": 48, "tag": cipher.TAG_SIZE_BYTES}
_FIELDS = {"type", "kid", "kdf", "iter", *_SIZES_BYTES}

Entropy = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class SlotKey:
    """The secret a slot is made with: what kind it is, its id, and its bytes."""

    type: str
    kid: str
    value: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """A wrapped data key. `kid` is 16 hexadecimal digits; salt, iv, ct and tag are bytes."""

    type: str
    kid: str
    iterations: int
    salt: bytes
    iv: bytes
    ct: bytes
    tag: bytes

    def to_json(self) -> dict[str, object]:
        return {**self.claims(), "tag": _encode(self.tag)}

    def claims(self) -> dict[str, object]:
        """Every field but the tag: what the tag vouches for."""
        head: dict[str, object] = {
            "type": self.type,
            "kid": self.kid,
            "kdf": kdf.NAME,
            "iter": self.iterations,
        }
        return head | {"salt": _encode(self.salt), "iv": _encode(self.iv), "ct": _encode(self.ct)}


@dataclass(frozen=True, slots=True)
class DataKey:
    """The vault's 32-byte data key, in the clear, and the slots it is wrapped in."""

    value: bytes = field(repr=False)
    slots: tuple[Slot, ...]


def make_slot(data_key: bytes, key: SlotKey, *, entropy: Entropy) -> Slot:
    """Wrap the 32-byte data key with a secret."""
    is_typed = key.type == PASSPHRASE
    iterations = kdf.PASSPHRASE_ITERATIONS if is_typed else kdf.RANDOM_KEY_ITERATIONS
    salt, iv = entropy(_SIZES_BYTES["salt"]), entropy(_SIZES_BYTES["iv"])
    kek = kdf.stretch(key.value, salt, iterations=iterations)
    ct = cipher.encrypt(kdf.subkey(kek, "slot-enc"), iv, data_key)
    unsigned = Slot(key.type, key.kid, iterations, salt, iv, ct, b"")
    tag = cipher.mac(kdf.subkey(kek, "slot-mac"), canonical.dump(unsigned.claims()))
    return Slot(key.type, key.kid, iterations, salt, iv, ct, tag)


def open_slot(slot: Slot, secret: bytes) -> bytes | None:
    """The 32-byte data key, or None when the secret is not this slot's."""
    kek = kdf.stretch(secret, slot.salt, iterations=slot.iterations)
    if not cipher.is_authentic(kdf.subkey(kek, "slot-mac"), canonical.dump(slot.claims()), slot.tag):
        return None
    try:
        data_key = cipher.decrypt(kdf.subkey(kek, "slot-enc"), slot.iv, slot.ct)
    except ValueError:
        return None
    return data_key if len(data_key) == kdf.KEY_SIZE_BYTES else None


def parse_slots(raw: object) -> tuple[Slot, ...]:
    """The slots of a header: 1 to 8, each field of its exact shape.

    Raises:
        VaultError: `vault.damaged` for a wrong shape, then `vault.policy` for a key derivation not accepted.
    """
    if not isinstance(raw, list) or not 1 <= len(raw) <= MAX_SLOTS:
        raise VaultError("vault.damaged")
    parsed = [(slot, _parse_binary(slot)) for slot in map(_check_shape, raw)]
    if not all(kdf.is_accepted(slot["kdf"], slot["iter"]) for slot, _ in parsed):
        raise VaultError("vault.policy")
    return tuple(
        Slot(str(slot["type"]), str(slot["kid"]), int(str(slot["iter"])), **binary) for slot, binary in parsed
    )


def _check_shape(raw: object) -> dict[str, object]:
    if not isinstance(raw, dict) or set(raw) != _FIELDS:
        raise VaultError("vault.damaged")
    kind, kid = raw["type"], raw["kid"]
    if not isinstance(kind, str) or kind not in TYPES or not isinstance(kid, str) or not _KID.fullmatch(kid):
        raise VaultError("vault.damaged")
    return raw


def _parse_binary(slot: dict[str, object]) -> dict[str, bytes]:
    values = {name: _decode(slot[name]) for name in _SIZES_BYTES}
    if any(len(values[name]) != size for name, size in _SIZES_BYTES.items()):
        raise VaultError("vault.damaged")
    return values


def _encode(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _decode(value: object) -> bytes:
    """Canonical base64 only: one spelling for each value, so that no bit of a slot is free to change."""
    if not isinstance(value, str):
        raise VaultError("vault.damaged")
    try:
        decoded = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise VaultError("vault.damaged") from None
    if _encode(decoded) != value:
        raise VaultError("vault.damaged")
    return decoded
