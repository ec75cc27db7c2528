from pathlib import Path

import pytest

from backend.vault.vault import Vault
from drive.vault import FILE, PHRASE, CodeOf, OpenWith, add, ids


def test_with_a_passphrase_and_nobody_to_ask_the_vault_is_locked(
    open_with: OpenWith, code_of: CodeOf
) -> None:
    add(open_with(PHRASE), "a")
    assert code_of(lambda: add(open_with({}), "b")) == "vault.locked"
    assert ids(open_with({}, ask=lambda: "old word")) == ["a"]
    assert code_of(open_with({}, ask=lambda: "other").read) == "vault.wrong_key"
    assert ids(open_with({}, passphrase="old word")) == ["a"]


def test_a_person_is_asked_once_per_process(open_with: OpenWith) -> None:
    add(open_with(PHRASE), "a")
    asked: list[str] = []

    def ask() -> str:
        asked.append("?")
        return "old word"

    vault = open_with({}, ask=ask)
    add(vault, "b")
    add(open_with(PHRASE), "c")
    assert ids(vault) == ["a", "b", "c"]
    assert len(asked) == 1


def test_an_unlocked_vault_is_locked_again_by_lock(open_with: OpenWith, code_of: CodeOf) -> None:
    add(open_with(PHRASE), "a")
    vault = open_with({})
    assert code_of(lambda: vault.unlock("other word")) == "vault.wrong_key"
    assert vault.unlock("old word").generation == 1
    vault.lock()
    assert code_of(vault.read) == "vault.locked"


def test_a_passphrase_turned_on_is_the_only_way_in(
    open_with: OpenWith, code_of: CodeOf, tmp_path: Path
) -> None:
    vault = open_with({})
    add(vault, "a")
    vault.set_passphrase("new word")
    assert code_of(open_with({}).read) == "vault.locked"
    assert ids(open_with({"LOOPI_VAULT_PASSPHRASE": "new word"})) == ["a"]
    assert not (tmp_path / "vault.key").exists()


def test_a_named_key_goes_on_opening_beside_a_new_passphrase(
    vault: Vault, open_with: OpenWith, named: dict[str, str]
) -> None:
    add(vault, "a")
    vault.set_passphrase("new word")
    assert ids(open_with(named)) == ids(open_with({}, passphrase="new word")) == ["a"]


def test_a_passphrase_may_be_set_before_the_first_credential(open_with: OpenWith) -> None:
    vault = open_with({})
    vault.set_passphrase("new word")
    add(vault, "a")
    assert [slot.type for slot in vault.status().slots] == ["passphrase"]
    assert vault.status().source == "passphrase"


def test_an_old_passphrase_opens_neither_vault_nor_backup(
    open_with: OpenWith, code_of: CodeOf, tmp_path: Path
) -> None:
    add(open_with(PHRASE), "a")
    add(open_with(PHRASE), "b")
    open_with(PHRASE).set_passphrase("new word", current="old word")
    assert code_of(open_with(PHRASE).read) == "vault.wrong_key"
    (tmp_path / f"{FILE}.bak").replace(tmp_path / FILE)
    assert code_of(open_with(PHRASE).read) == "vault.wrong_key"
    assert ids(open_with({}, passphrase="new word")) == ["a", "b"]


@pytest.mark.parametrize(("current", "code"), [(None, "vault.locked"), ("other", "vault.wrong_key")])
def test_only_who_knows_the_passphrase_changes_or_removes_it(
    current: str | None, code: str, open_with: OpenWith, code_of: CodeOf
) -> None:
    vault = open_with(PHRASE)
    add(vault, "a")
    assert code_of(lambda: vault.set_passphrase("new word", current=current)) == code
    assert code_of(lambda: vault.remove_passphrase(current=current)) == code
    assert vault.read().generation == 1


@pytest.mark.parametrize("new", ["", "a\0", "word\n"])
def test_a_passphrase_that_could_not_be_typed_again_is_refused(
    new: str, vault: Vault, code_of: CodeOf
) -> None:
    assert code_of(lambda: vault.set_passphrase(new)) == "vault.bad_passphrase"


def test_a_removed_passphrase_leaves_the_key_to_this_computer(open_with: OpenWith, code_of: CodeOf) -> None:
    vault = open_with(PHRASE)
    add(vault, "a")
    vault.remove_passphrase(current="old word")
    assert ids(open_with({})) == ["a"]
    assert code_of(open_with(PHRASE).read) == "vault.wrong_key"


def test_one_slot_is_dropped_but_not_the_last(vault: Vault, code_of: CodeOf, open_with: OpenWith) -> None:
    add(vault, "a")
    vault.set_passphrase("new word")
    keyfile, phrase = vault.status().slots
    vault.drop_slot(keyfile.kid)
    assert code_of(lambda: vault.drop_slot(phrase.kid)) == "vault.last_slot"
    assert code_of(lambda: vault.drop_slot("00" * 8)) == "vault.no_such_slot"
    assert ids(open_with({}, passphrase="new word")) == ["a"]
