from collections.abc import Callable
from pathlib import Path

from backend.vault.vault import Vault


def test_before_the_first_save_there_is_no_vault(vault: Vault, tmp_path: Path) -> None:
    status = vault.status()
    assert (status.exists, status.generation, status.slots, status.is_unlocked) == (False, 0, (), False)
    assert status.source == "LOOPI_VAULT_KEY"
    assert "no vault yet" in status.protection
    assert list(tmp_path.iterdir()) == []


def test_the_slots_are_told_without_their_secrets(vault: Vault) -> None:
    vault.change(lambda _: [])
    (slot,) = vault.status().slots
    assert slot.to_json() == {"type": "keyfile", "kid": slot.kid, "iter": 100_000}


def test_a_key_file_beside_the_vault_is_said_to_protect_little(open_with: Callable[..., Vault]) -> None:
    vault = open_with({})
    vault.change(lambda _: [])
    assert "nothing else" in vault.status().protection
    assert vault.status().source == "keyfile"


def test_a_key_kept_elsewhere_is_not_said_to_lie_beside_the_vault(vault: Vault) -> None:
    vault.change(lambda _: [])
    assert "outside of Loopi" in vault.status().protection


def test_status_needs_no_secret(open_with: Callable[..., Vault]) -> None:
    open_with({"LOOPI_VAULT_PASSPHRASE": "word"}).change(lambda _: [{"id": "a"}])
    status = open_with({}).status()
    assert (status.generation, status.is_unlocked, status.slots[0].type) == (1, False, "passphrase")
    assert "hard to guess" in status.protection


def test_status_goes_out_as_plain_json(vault: Vault, tmp_path: Path) -> None:
    vault.change(lambda _: [])
    told = vault.status().to_json()
    assert told["path"] == str(tmp_path / "credentials.json.enc")
    assert (told["exists"], told["has_backup"], told["generation"]) == (True, False, 1)


def test_a_folder_open_to_others_is_told(vault: Vault, tmp_path: Path) -> None:
    vault.change(lambda _: [])
    tmp_path.chmod(0o755)
    assert not vault.status().is_private
