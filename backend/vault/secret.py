"""A secret that may open a slot, and the forms it is written in. Pure; does not know where it was read."""

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass, field

from backend.vault.errors import VaultError
from backend.vault.kdf import KEY_SIZE_BYTES
from backend.vault.slots import KEYCHAIN, KEYFILE, PASSPHRASE

_RANDOM_KEY_TYPES = frozenset({KEYFILE, KEYCHAIN})
_HEX = re.compile(rb"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Secret:
    """Bytes to try on slots of some types. `source` says where it came from, for a person."""

    value: bytes = field(repr=False)
    slot_types: frozenset[str]
    source: str
    doubt: str = ""  # what may be wrong with it, told when it opens nothing

    @property
    def slot_type(self) -> str:
        """The type of a new slot made with this secret."""
        return PASSPHRASE if PASSPHRASE in self.slot_types else KEYFILE


def random_key(value: bytes, source: str) -> Secret:
    return Secret(value, _RANDOM_KEY_TYPES, source)


def key_from_hex(text: str, source: str) -> Secret:
    """The key written as exactly 64 hexadecimal digits."""
    written = text.encode("utf-8", "surrogateescape")
    if not _HEX.fullmatch(written):
        raise VaultError("vault.wrong_key", f"{source} is not 64 hexadecimal digits.")
    return random_key(bytes.fromhex(text), source)


def key_from_file(content: bytes, source: str) -> Secret:
    """The key as a file holds it: 32 raw bytes, 64 hexadecimal digits or 44 characters of base64.

    The two written forms may end with one line break.
    """
    if len(content) == KEY_SIZE_BYTES:
        return random_key(content, source)
    written = content.removesuffix(b"\n").removesuffix(b"\r")
    key = bytes.fromhex(written.decode()) if _HEX.fullmatch(written) else key_from_base64(written)
    if key is None:
        hint = "A key file holds 32 raw bytes, 64 hexadecimal digits, or 44 characters of base64."
        raise VaultError("vault.wrong_key", f"{source} holds no key.", hint=hint)
    return random_key(key, source)


def key_from_base64(written: bytes) -> bytes | None:
    """The key as the keychain holds it: 44 characters of canonical base64. None when it is anything else."""
    try:
        key = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_SIZE_BYTES and base64.b64encode(key) == written else None


def key_to_base64(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def passphrase(text: str, source: str) -> Secret:
    """The passphrase as it was given, in NFKC, so that one phrase is the same bytes on every keyboard.

    Nothing is trimmed: a space or a line break at the end belongs to it.

    Raises:
        VaultError: `vault.bad_passphrase` when it is empty, holds NUL, or is no text.
    """
    try:
        value = unicodedata.normalize("NFKC", text).encode("utf-8")
    except UnicodeEncodeError:
        raise VaultError("vault.bad_passphrase", f"{source} is not text in UTF-8.") from None
    if not value or b"\0" in value:
        raise VaultError("vault.bad_passphrase")
    doubt = "It ends with a line break, which counts as part of it." if text.endswith(("\n", "\r")) else ""
    return Secret(value, frozenset({PASSPHRASE}), source, doubt)
