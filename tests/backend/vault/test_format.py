from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.vault import body
from backend.vault import format as vault_format
from backend.vault.errors import VaultError
from backend.vault.format import MAX_CIPHERTEXT_BYTES, assemble, parse, signed_part

REFUSALS = {f"vault.{name}" for name in ("truncated", "not_a_vault", "too_new", "damaged", "policy")}


def outcome(data: bytes, data_key: bytes) -> str:
    """What becomes of a file for a process that already has the data key: nothing is derived."""
    try:
        sealed = parse(data)
    except VaultError as error:
        return error.code
    return "opened" if body.is_sealed_with(sealed, data_key) else "vault.tampered"


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_the_second_writers_file_is_well_formed(writer: ModuleType) -> None:
    sealed = parse(writer.vault())
    assert (sealed.generation, len(sealed.slots)) == (7, 1)
    assert outcome(writer.vault(), writer.DATA_KEY) == "opened"


def test_the_parts_of_a_file_make_the_same_file_again(writer: ModuleType) -> None:
    sealed = parse(writer.vault())
    signed = signed_part(sealed.generation, sealed.slots, iv=sealed.iv, ciphertext=sealed.ciphertext)
    assert assemble(signed, sealed.tag) == writer.vault()


def test_every_flipped_bit_is_refused(writer: ModuleType) -> None:
    whole = writer.vault()
    seen = {outcome(flipped(whole, bit), writer.DATA_KEY) for bit in range(len(whole) * 8)}
    assert seen <= {"vault.truncated", "vault.not_a_vault", "vault.damaged"}


def test_every_flipped_bit_is_refused_with_the_checksum_repaired(writer: ModuleType) -> None:
    covered = writer.vault()[:-32]
    seen = {outcome(writer.finish(flipped(covered, bit)), writer.DATA_KEY) for bit in range(len(covered) * 8)}
    assert seen == REFUSALS | {"vault.tampered"}


def test_every_truncation_is_called_one(writer: ModuleType) -> None:
    whole = writer.vault()
    assert {outcome(whole[:size], writer.DATA_KEY) for size in range(len(whole))} == {"vault.truncated"}


def test_every_truncation_is_refused_with_the_checksum_repaired(writer: ModuleType) -> None:
    covered = writer.vault()[:-32]
    seen = {outcome(writer.finish(covered[:size]), writer.DATA_KEY) for size in range(len(covered))}
    assert "opened" not in seen
    assert seen <= REFUSALS


@pytest.mark.parametrize("more", [1, 2, 31, 32, 33, 1000])
def test_every_extension_is_damage(more: int, writer: ModuleType) -> None:
    assert outcome(writer.vault() + bytes(more), writer.DATA_KEY) == "vault.damaged"
    assert outcome(writer.finish(writer.vault()[:-32] + bytes(more)), writer.DATA_KEY) == "vault.damaged"


@given(st.binary(max_size=300))
def test_no_bytes_at_all_make_the_parser_crash(data: bytes) -> None:
    assert outcome(data, bytes(32)) in REFUSALS


@given(st.binary(max_size=300))
def test_nothing_behind_the_magic_makes_the_parser_crash(data: bytes) -> None:
    assert outcome(b"LOOPIVLT\0\1" + data, bytes(32)) in REFUSALS


@given(st.binary(max_size=400))
def test_no_header_at_all_makes_the_parser_crash(header: bytes) -> None:
    head = b"LOOPIVLT\0\1" + len(header).to_bytes(4, "big") + (16).to_bytes(8, "big")
    assert outcome(assemble(head + header + bytes(32), bytes(32)), bytes(32)) == "vault.damaged"


@pytest.mark.parametrize("claimed", [2**63, 2**64 - 16, MAX_CIPHERTEXT_BYTES + 16])
def test_a_file_that_claims_more_than_it_has_is_refused_whatever_it_claims(
    claimed: int, writer: ModuleType
) -> None:
    assert outcome(writer.vault(sizes=(300, claimed)), writer.DATA_KEY) == "vault.truncated"


def test_a_file_over_the_largest_size_is_damaged() -> None:
    head = b"LOOPIVLT\0\1" + (4).to_bytes(4, "big") + (MAX_CIPHERTEXT_BYTES + 32 * 1024).to_bytes(8, "big")
    assert outcome(head + bytes(vault_format.MAX_FILE_BYTES), bytes(32)) == "vault.damaged"


def test_a_vault_with_nine_slots_is_not_written(writer: ModuleType) -> None:
    (slot,) = parse(writer.vault()).slots
    with pytest.raises(VaultError) as refused:
        signed_part(0, (slot,) * 9, iv=bytes(16), ciphertext=bytes(16))
    assert refused.value.code == "vault.too_many_slots"


def test_a_vault_over_64_mib_is_not_written(writer: ModuleType) -> None:
    with pytest.raises(VaultError) as refused:
        signed_part(0, parse(writer.vault()).slots, iv=bytes(16), ciphertext=bytes(MAX_CIPHERTEXT_BYTES + 16))
    assert refused.value.code == "vault.too_large"
