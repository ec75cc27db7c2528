import hashlib
import os

import pytest

from backend.vault import body, bundle, opening, secret
from backend.vault import format as vault_format
from backend.vault.errors import VaultError
from backend.vault.slots import PASSPHRASE, DataKey, SlotKey, make_slot
from backend.vault.vault import Vault
from drive.vault import CodeOf

PASSPHRASE_TEXT = "four words in a row"
CONTENT: dict[str, object] = {"credentials": [{"key": "a-secret-é"}], "automations": []}


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return bundle.seal(CONTENT, PASSPHRASE_TEXT)


def with_checksum(signed_and_tag: bytes) -> bytes:
    return signed_and_tag + hashlib.sha256(signed_and_tag).digest()


def test_what_was_sealed_comes_out(sealed: bytes) -> None:
    assert bundle.unseal(sealed, PASSPHRASE_TEXT) == CONTENT


def test_nothing_of_the_content_can_be_read_in_the_file(sealed: bytes) -> None:
    assert not [each for each in (b"a-secret", b"automations", b"credentials") if each in sealed]


def test_two_files_of_the_same_content_have_nothing_in_common_but_their_form(sealed: bytes) -> None:
    again = bundle.seal(CONTENT, PASSPHRASE_TEXT)
    first, second = vault_format.parse(sealed), vault_format.parse(again)
    assert first.ciphertext != second.ciphertext
    assert first.iv != second.iv
    assert first.slots[0].salt != second.slots[0].salt


def test_a_wrong_passphrase_is_refused(sealed: bytes, code_of: CodeOf) -> None:
    for wrong in (PASSPHRASE_TEXT + " ", PASSPHRASE_TEXT.upper()):
        assert code_of(lambda wrong=wrong: bundle.unseal(sealed, wrong)) == "vault.wrong_key"  # type: ignore[misc]
    assert code_of(lambda: bundle.unseal(sealed, "")) == "vault.bad_passphrase"


def test_every_flipped_bit_is_found(sealed: bytes) -> None:
    for place in range(0, len(sealed) * 8, 3):
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(VaultError):
            bundle.unseal(bytes(changed), PASSPHRASE_TEXT)


def test_every_shortened_file_is_refused(sealed: bytes, code_of: CodeOf) -> None:
    codes = {code_of(lambda size=size: bundle.unseal(sealed[:size], "x")) for size in range(len(sealed))}  # type: ignore[misc]
    assert codes == {"vault.truncated"}


@pytest.mark.parametrize("from_end", [33, 65, 80, 97], ids=["tag", "last block", "block", "earlier block"])
def test_a_change_with_a_right_checksum_is_tampering(sealed: bytes, code_of: CodeOf, from_end: int) -> None:
    changed = bytearray(sealed[:-32])
    changed[32 - from_end] ^= 1
    assert code_of(lambda: bundle.unseal(with_checksum(bytes(changed)), PASSPHRASE_TEXT)) == "vault.tampered"


def test_a_vault_is_no_bundle_and_a_bundle_no_vault(sealed: bytes, vault: Vault, code_of: CodeOf) -> None:
    vault.change(lambda records: records)
    assert code_of(lambda: bundle.unseal(vault.copy(), PASSPHRASE_TEXT)) == "vault.schema"
    slot = make_slot(b"k" * 32, SlotKey(PASSPHRASE, "0" * 16, PASSPHRASE_TEXT.encode()), entropy=os.urandom)
    with_passphrase = body.seal([], DataKey(b"k" * 32, (slot,)), generation=1, iv=bytes(16))
    assert code_of(lambda: bundle.unseal(with_passphrase, PASSPHRASE_TEXT)) == "vault.schema"
    parsed = vault_format.parse(sealed)
    key = opening.unlock_with(parsed.slots, secret.passphrase(PASSPHRASE_TEXT, "x")).data_key
    assert code_of(lambda: body.unseal(parsed, key)) == "vault.schema"


def test_a_file_with_many_slots_is_refused_before_any_key_is_derived(code_of: CodeOf) -> None:
    slot = make_slot(b"k" * 32, SlotKey(PASSPHRASE, "0" * 16, b"x"), entropy=os.urandom)
    many = body.seal([], DataKey(b"k" * 32, (slot,) * 8), generation=1, iv=bytes(16))
    assert code_of(lambda: bundle.unseal(many, "another")) == "vault.schema"


@pytest.mark.parametrize("passphrase", ["", "a\0b", "ends with a break\n", "\ud800"])
def test_a_passphrase_nobody_could_type_makes_no_file(code_of: CodeOf, passphrase: str) -> None:
    assert code_of(lambda: bundle.seal(CONTENT, passphrase)) == "vault.bad_passphrase"


@pytest.mark.parametrize("content", [{"a": float("nan")}, {"a": object()}])
def test_what_is_no_json_is_refused_and_not_repeated(code_of: CodeOf, content: dict[str, object]) -> None:
    assert code_of(lambda: bundle.seal(content, PASSPHRASE_TEXT)) == "vault.not_json"


def test_content_of_another_version_is_refused(code_of: CodeOf, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(bundle, "SCHEMA", "loopi-bundle/2")
        newer = bundle.seal(CONTENT, PASSPHRASE_TEXT)
    assert code_of(lambda: bundle.unseal(newer, PASSPHRASE_TEXT)) == "vault.schema"
