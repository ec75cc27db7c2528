"""The bytes of a vault file, version 1: parse and serialise. Pure: no key, no randomness, no disk.

The contract is docs/vault-format.md; the order of the checks below is the order of its table.
"""

import hashlib
import struct
from dataclasses import dataclass
from typing import NoReturn

from backend.vault import canonical, cipher
from backend.vault.errors import VaultError
from backend.vault.slots import MAX_SLOTS, Slot, parse_slots

MAGIC = b"LOOPIVLT"
VERSION = 1
MAX_HEADER_BYTES = 16 * 1024
MAX_CIPHERTEXT_BYTES = 64 * 1024 * 1024
_HEAD = struct.Struct(">8sHIQ")
_CHECKSUM_BYTES = hashlib.sha256().digest_size
_TAIL_BYTES = cipher.TAG_SIZE_BYTES + _CHECKSUM_BYTES
_BLOCK_BYTES = 16
MAX_FILE_BYTES = _HEAD.size + MAX_HEADER_BYTES + cipher.IV_SIZE_BYTES + MAX_CIPHERTEXT_BYTES + _TAIL_BYTES


@dataclass(frozen=True, slots=True)
class Sealed:
    """A well-formed vault file, not yet opened. `signed` is every byte that `tag` vouches for."""

    generation: int
    slots: tuple[Slot, ...]
    iv: bytes
    ciphertext: bytes
    signed: bytes
    tag: bytes


def parse(data: bytes) -> Sealed:
    """The parts of a vault file, or the reason why it is none.

    Raises:
        VaultError: `vault.truncated`, `.not_a_vault`, `.too_new`, `.damaged` or `.policy`.
    """
    header_size, ciphertext_size = _parse_head(data)
    if not _is_intact(data):
        raise VaultError("vault.damaged")
    header_end = _HEAD.size + header_size
    body_start = header_end + cipher.IV_SIZE_BYTES
    signed_end = body_start + ciphertext_size
    generation, slots = _parse_header(data[_HEAD.size : header_end])
    return Sealed(
        generation=generation,
        slots=slots,
        iv=data[header_end:body_start],
        ciphertext=data[body_start:signed_end],
        signed=data[:signed_end],
        tag=data[signed_end : signed_end + cipher.TAG_SIZE_BYTES],
    )


def signed_part(generation: int, slots: tuple[Slot, ...], *, iv: bytes, ciphertext: bytes) -> bytes:
    """Every byte before the tag.

    Raises:
        VaultError: `vault.too_many_slots` or `vault.too_large`.
    """
    if len(slots) > MAX_SLOTS:
        raise VaultError("vault.too_many_slots")
    if len(ciphertext) > MAX_CIPHERTEXT_BYTES:
        raise VaultError("vault.too_large")
    header = canonical.dump({"gen": generation, "slots": [slot.to_json() for slot in slots]})
    return _HEAD.pack(MAGIC, VERSION, len(header), len(ciphertext)) + header + iv + ciphertext


def assemble(signed: bytes, tag: bytes) -> bytes:
    """The whole file: the signed part, its tag, and the checksum of both."""
    return signed + tag + hashlib.sha256(signed + tag).digest()


def _parse_head(data: bytes) -> tuple[int, int]:
    """The sizes of header and ciphertext in bytes, proven to be those of `data`."""
    if not data:
        raise VaultError("vault.truncated", "The vault file is empty.")
    if not MAGIC.startswith(data[: len(MAGIC)]):
        raise VaultError("vault.not_a_vault")
    if len(data) >= 10 and int.from_bytes(data[8:10], "big") != VERSION:
        _refuse_version(data)
    if len(data) < _HEAD.size:
        raise VaultError("vault.truncated")
    _, _, header_size, ciphertext_size = _HEAD.unpack_from(data)
    claimed = _HEAD.size + header_size + cipher.IV_SIZE_BYTES + ciphertext_size + _TAIL_BYTES
    if len(data) < min(claimed, MAX_FILE_BYTES + 1):
        raise VaultError("vault.truncated")
    is_bounded = header_size <= MAX_HEADER_BYTES and _BLOCK_BYTES <= ciphertext_size <= MAX_CIPHERTEXT_BYTES
    if not is_bounded or ciphertext_size % _BLOCK_BYTES or len(data) != claimed:
        raise VaultError("vault.damaged")
    return header_size, ciphertext_size


def _refuse_version(data: bytes) -> NoReturn:
    # The checksum's place is the one promise every version keeps: it tells a newer file from a damaged one.
    raise VaultError("vault.too_new" if _is_intact(data) else "vault.damaged")


def _is_intact(data: bytes) -> bool:
    view = memoryview(data)
    return (
        len(data) > _CHECKSUM_BYTES
        and hashlib.sha256(view[:-_CHECKSUM_BYTES]).digest() == view[-_CHECKSUM_BYTES:]
    )


def _parse_header(raw: bytes) -> tuple[int, tuple[Slot, ...]]:
    try:
        header = canonical.load(raw)
        is_canonical = canonical.dump(header) == raw
    except (ValueError, RecursionError):
        raise VaultError("vault.damaged") from None
    if not is_canonical or not isinstance(header, dict) or set(header) != {"gen", "slots"}:
        raise VaultError("vault.damaged")
    generation = header["gen"]
    if not isinstance(generation, int) or isinstance(generation, bool) or generation < 0:
        raise VaultError("vault.damaged")
    return generation, parse_slots(header["slots"])
