from collections.abc import Callable
from pathlib import Path

import pytest

from backend.vault.errors import VaultError
from backend.vault.file import VaultFile
from backend.vault.keys import KeySource
from backend.vault.session import EMPTY, Session
from backend.vault.vault import Vault


@pytest.fixture
def session(tmp_path: Path, keys: KeySource) -> Session:
    return Session(VaultFile(tmp_path), keys, entropy=lambda size: b"\7" * size)


def test_a_first_use_is_empty_and_writes_nothing(session: Session, tmp_path: Path) -> None:
    assert session.read() is EMPTY
    assert list(tmp_path.iterdir()) == []


def test_a_second_read_without_a_save_is_the_same_snapshot(vault: Vault, session: Session) -> None:
    vault.change(lambda _: [{"id": "a"}])
    assert session.read() is session.read()


def test_a_save_of_another_process_is_seen_by_the_next_read(vault: Vault, session: Session) -> None:
    vault.change(lambda _: [{"id": "a"}])
    session.read()
    vault.change(lambda _: [{"id": "b"}])
    assert session.read().credentials == ({"id": "b"},)


def test_randomness_comes_from_where_it_is_given(session: Session) -> None:
    with session.alone() as content:
        session.save(content)
    with session.alone() as content:
        assert content.key.value == b"\7" * 32
        assert content.key.slots[0].kid == "07" * 8


def test_a_snapshot_is_not_tied_to_the_objects_that_were_saved(session: Session) -> None:
    record: dict[str, object] = {"id": "a"}
    with session.alone() as content:
        content.credentials.append(record)
        saved = session.save(content)
    record["id"] = "changed"
    assert saved.credentials == session.read().credentials == ({"id": "a"},)


def test_a_forgotten_key_is_asked_for_again(session: Session, vault: Vault) -> None:
    vault.change(lambda _: [])
    session.read()
    assert session.opened_by == "LOOPI_VAULT_KEY"
    session.forget()
    assert session.opened_by is None


def test_a_file_that_appears_damaged_is_refused_at_the_next_read(session: Session, vault: Vault) -> None:
    vault.change(lambda _: [])
    session.read()
    session.file.path.write_bytes(b"")
    with pytest.raises(VaultError) as refused:
        session.read()
    assert refused.value.code == "vault.truncated"


def test_a_snapshot_does_not_show_its_credentials(vault: Vault) -> None:
    assert "hunter2" not in repr(vault.change(lambda _: [{"password": "hunter2"}]))


def test_a_passphrase_given_opens_past_the_other_secrets(
    open_with: Callable[..., Vault], tmp_path: Path
) -> None:
    open_with({"LOOPI_VAULT_PASSPHRASE": "word"}).change(lambda _: [])
    session = Session(VaultFile(tmp_path), KeySource(tmp_path, environ={}), entropy=bytes)
    session.unlock_with("word")
    assert session.read().generation == 1
