from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.vault.errors import VaultError
from backend.vault.keys import KeySource
from backend.vault.vault import Vault
from drive.vault import FILE, CodeOf, OpenWith, add, ids


def test_a_change_is_read_by_the_next_process(
    vault: Vault, open_with: OpenWith, named: dict[str, str]
) -> None:
    add(vault, "a")
    add(vault, "b")
    assert ids(open_with(named)) == ["a", "b"]
    assert open_with(named).read().generation == 2


def test_a_change_is_applied_to_what_another_process_saved(
    vault: Vault, open_with: OpenWith, named: dict[str, str]
) -> None:
    add(vault, "a")
    add(open_with(named), "b")
    add(vault, "c")
    assert ids(vault) == ["a", "b", "c"]


def test_a_change_that_fails_saves_nothing_and_frees_the_lock(vault: Vault) -> None:
    add(vault, "a")

    def fail(records: list[dict[str, object]]) -> list[dict[str, object]]:
        records.clear()
        raise LookupError

    with pytest.raises(LookupError):
        vault.change(fail)
    add(vault, "b")
    assert ids(vault) == ["a", "b"]


def test_a_first_change_that_is_no_json_makes_neither_vault_nor_key(
    open_with: OpenWith, tmp_path: Path
) -> None:
    with pytest.raises(VaultError) as refused:
        open_with({}).change(lambda _: [{"id": object()}])
    assert refused.value.code == "vault.not_json"
    assert [path.name for path in tmp_path.iterdir()] == [f"{FILE}.lock"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.text(max_size=9) | st.integers(), max_size=3), max_size=3
    )
)
def test_any_credentials_survive_a_save(vault: Vault, credentials: list[dict[str, str | int]]) -> None:
    vault.change(lambda _: [dict(record) for record in credentials])
    vault.lock()
    assert list(vault.read().credentials) == credentials


def test_every_save_has_a_new_iv(vault: Vault, tmp_path: Path) -> None:
    seen = set()
    for _ in range(5):
        vault.change(lambda _: [])
        seen.add((tmp_path / FILE).read_bytes()[-112:-96])
    assert len(seen) == 5


def test_a_vault_of_the_second_writer_is_changed_and_keeps_its_slots(
    vault: Vault, tmp_path: Path, writer: ModuleType
) -> None:
    (tmp_path / FILE).write_bytes(writer.vault())
    add(vault, "c")
    assert ids(vault) == ["a", "b", "c"]
    assert (vault.read().generation, vault.status().slots[0].kid) == (8, "0123456789abcdef")


def test_a_named_key_makes_a_keyfile_slot_and_no_key_file(vault: Vault, tmp_path: Path) -> None:
    add(vault, "a")
    assert [slot.type for slot in vault.status().slots] == ["keyfile"]
    assert not (tmp_path / "vault.key").exists()


def test_a_vault_without_keychain_and_name_opens_with_its_key_file(
    open_with: OpenWith, tmp_path: Path
) -> None:
    add(open_with({}), "a")
    assert ids(open_with({})) == ["a"]
    (tmp_path / "vault.key").unlink()
    with pytest.raises(VaultError) as refused:
        open_with({}).read()
    assert refused.value.code == "vault.wrong_key"


def test_a_wrong_named_key_does_not_fall_through_to_the_key_file(
    open_with: OpenWith, code_of: CodeOf
) -> None:
    add(open_with({}), "a")
    assert code_of(open_with({"LOOPI_VAULT_KEY": "00" * 32}).read) == "vault.wrong_key"


def test_nothing_the_vault_shows_holds_a_secret(vault: Vault, named: dict[str, str]) -> None:
    add(vault, "hunter2")
    shown = (
        repr(vault)
        + repr(vault.read())
        + repr(vault.status())
        + repr(KeySource(Path(), environ=named).named())
    )
    assert "hunter2" not in shown
    assert named["LOOPI_VAULT_KEY"] not in shown
