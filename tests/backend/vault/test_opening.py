from pathlib import Path
from types import ModuleType

import pytest

from backend.vault.errors import VaultError
from backend.vault.format import parse
from backend.vault.keys import KeySource
from backend.vault.opening import Unlocked, open_vault, unlock_with
from backend.vault.secret import passphrase

CODES = {
    f"vault.{n}"
    for n in ("truncated", "not_a_vault", "too_new", "damaged", "policy", "wrong_key", "tampered")
}


def refusal(data: bytes, keys: KeySource) -> str:
    try:
        open_vault(data, keys)
    except VaultError as error:
        return error.code
    return ""


def test_every_frozen_vector_opens_or_is_refused_with_its_code(
    frozen: list[dict[str, str]], keys: KeySource
) -> None:
    found = {vector["name"]: refusal(bytes.fromhex(vector["hex"]), keys) for vector in frozen}
    assert found == {vector["name"]: vector["code"] for vector in frozen}


def test_the_frozen_vectors_hold_every_failure_of_the_format(frozen: list[dict[str, str]]) -> None:
    assert {vector["code"] for vector in frozen} == CODES | {"vault.schema", ""}


def test_the_second_writer_still_makes_the_frozen_vectors(
    frozen: list[dict[str, str]], writer: ModuleType
) -> None:
    assert writer.vectors() == frozen


def test_what_the_second_writer_wrote_is_read(writer: ModuleType, keys: KeySource) -> None:
    content = open_vault(writer.vault(), keys)
    assert (content.generation, content.credentials[1]) == (7, {"id": "b", "name": "Second"})
    assert content.unlocked.source == "LOOPI_VAULT_KEY"


def test_a_bounded_set_of_flips_is_refused_with_the_checksum_repaired(
    writer: ModuleType, keys: KeySource
) -> None:
    covered = writer.vault()[:-32]
    seen = set()
    for bit in range(7, len(covered) * 8, 67):
        changed = bytearray(covered)
        changed[bit // 8] ^= 1 << bit % 8
        seen.add(refusal(writer.finish(bytes(changed)), keys))
    assert seen <= CODES
    assert {"vault.wrong_key", "vault.tampered", "vault.damaged"} <= seen


def test_a_data_key_that_is_known_saves_the_derivation(writer: ModuleType, tmp_path: Path) -> None:
    without = KeySource(tmp_path, environ={"LOOPI_VAULT_KEY": "00" * 32})
    known = Unlocked(writer.DATA_KEY, "00" * 8, "before")
    assert open_vault(writer.vault(), without, known=known).unlocked is known


def test_a_data_key_of_another_vault_is_forgotten_for_the_slots_key(
    writer: ModuleType, keys: KeySource
) -> None:
    stale = Unlocked(bytes(32), "00" * 8, "before")
    assert open_vault(writer.vault(), keys, known=stale).unlocked.data_key == writer.DATA_KEY


def test_one_secret_is_tried_on_slots_of_its_type_only(writer: ModuleType) -> None:
    data = writer.vault(writer.header(writer.slot(b"word")))
    with pytest.raises(VaultError) as refused:
        unlock_with(parse(data).slots, passphrase("word", "it"))
    assert refused.value.code == "vault.wrong_key"


def test_a_content_does_not_show_its_secrets(writer: ModuleType, keys: KeySource) -> None:
    shown = repr(open_vault(writer.vault(), keys))
    assert "Second" not in shown
    assert repr(writer.DATA_KEY)[2:20] not in shown
