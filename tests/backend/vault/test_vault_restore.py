from pathlib import Path
from types import ModuleType

import pytest

from backend.vault.vault import Vault
from drive.vault import FILE, CodeOf, OpenWith, add, ids


@pytest.mark.parametrize("bad", [b"", b"{}", b"Salted__" + bytes(99)])
def test_what_cannot_be_read_is_never_overwritten(
    bad: bytes, vault: Vault, tmp_path: Path, code_of: CodeOf
) -> None:
    (tmp_path / FILE).write_bytes(bad)
    assert code_of(lambda: add(vault, "a")) in {"vault.truncated", "vault.not_a_vault"}
    assert code_of(lambda: vault.set_passphrase("x")) in {"vault.truncated", "vault.not_a_vault"}
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).read_bytes() == bad


def test_a_newer_vault_is_neither_written_nor_set_aside(
    vault: Vault, tmp_path: Path, writer: ModuleType, code_of: CodeOf
) -> None:
    (tmp_path / FILE).write_bytes(writer.vault(version=2))
    (tmp_path / f"{FILE}.bak").write_bytes(writer.vault())
    actions = (lambda: add(vault, "a"), vault.restore_backup, vault.start_anew)
    assert [code_of(action) for action in actions] == ["vault.too_new"] * 3
    assert (tmp_path / FILE).read_bytes() == writer.vault(version=2)


def test_a_damaged_vault_is_restored_from_its_backup_and_kept(
    vault: Vault, tmp_path: Path, code_of: CodeOf
) -> None:
    add(vault, "a")
    add(vault, "b")
    (tmp_path / FILE).write_bytes(b"LOOPIVLT")
    assert code_of(vault.read) == "vault.truncated"
    assert [r["id"] for r in vault.restore_backup().credentials] == ["a"]
    add(vault, "c")
    assert ids(vault) == ["a", "c"]
    assert [path.read_bytes() for path in tmp_path.glob("*.corrupt-*")] == [b"LOOPIVLT"]


def test_a_missing_vault_is_restored_from_its_backup(vault: Vault, tmp_path: Path, code_of: CodeOf) -> None:
    add(vault, "a")
    add(vault, "b")
    (tmp_path / FILE).unlink()
    assert code_of(lambda: add(vault, "c")) == "vault.missing"
    vault.restore_backup()
    assert ids(vault) == ["a"]


def test_a_backup_that_does_not_open_moves_nothing(vault: Vault, tmp_path: Path, code_of: CodeOf) -> None:
    add(vault, "a")
    (tmp_path / f"{FILE}.bak").write_bytes(b"{}{}{}{}")
    before = (tmp_path / FILE).read_bytes()
    assert code_of(vault.restore_backup) == "vault.not_a_vault"
    assert (tmp_path / FILE).read_bytes() == before
    assert list(tmp_path.glob("*.corrupt-*")) == []


def test_starting_anew_keeps_the_old_files_and_their_key(open_with: OpenWith, tmp_path: Path) -> None:
    vault = open_with({})
    add(vault, "a")
    add(vault, "b")
    vault.start_anew()
    assert ids(vault) == []
    add(vault, "c")
    vault.set_passphrase("new word")
    assert len(list(tmp_path.glob("*.corrupt-*"))) == 2
    assert (tmp_path / "vault.key").exists()


def test_another_process_follows_when_the_vault_is_started_anew(
    vault: Vault, open_with: OpenWith, named: dict[str, str]
) -> None:
    add(vault, "a")
    other = open_with(named)
    other.start_anew()
    add(other, "b")
    assert ids(vault) == ["b"]
