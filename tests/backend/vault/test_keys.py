import os
from pathlib import Path
from types import ModuleType

import pytest

from backend.vault.errors import VaultError
from backend.vault.keyfile import create_key_file
from backend.vault.keys import KeySource
from backend.vault.slots import Slot, SlotKey, make_slot

KEY = bytes(range(32))
OTHER = bytes(32)


def slots_of(*types: str) -> list[Slot]:
    return [
        make_slot(KEY, SlotKey(kind, f"{number:016x}", KEY), entropy=os.urandom)
        for number, kind in enumerate(types)
    ]


def tried(keys: KeySource, slots: list[Slot]) -> list[tuple[str, str]]:
    """Slot type and source of each candidate; the error's code at the end."""
    found = []
    try:
        for slot, secret in keys.candidates(slots):
            found.append((slot.type, secret.source))
    except VaultError as error:
        found.append(("", error.code))
    return found


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """An environment that names all four sources."""
    (tmp_path / "key").write_text(KEY.hex() + "\n")
    (tmp_path / "phrase").write_text("from a file")
    return {
        "LOOPI_VAULT_KEY": OTHER.hex(),
        "LOOPI_VAULT_KEY_FILE": str(tmp_path / "key"),
        "LOOPI_VAULT_PASSPHRASE": "spoken",
        "LOOPI_VAULT_PASSPHRASE_FILE": str(tmp_path / "phrase"),
    }


def test_of_several_named_secrets_the_first_in_the_documented_order_counts(
    files: dict[str, str], tmp_path: Path
) -> None:
    order = []
    while files:
        named = KeySource(tmp_path, environ=files, passphrase="piped").named()
        assert named is not None
        order.append((named.source, named.value))
        del files[named.source]
    last = KeySource(tmp_path, environ={}, passphrase="piped").named()
    assert last is not None
    assert [value for _, value in order] == [OTHER, KEY, b"spoken", b"from a file"]
    assert (last.source, last.value) == ("--passphrase-stdin", b"piped")


def test_nothing_named_is_no_secret(tmp_path: Path) -> None:
    keys = KeySource(tmp_path, environ={"LOOPI_HOME": "x"})
    assert (keys.named(), keys.named_source()) == (None, None)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("LOOPI_VAULT_KEY", "", "vault.wrong_key"),
        ("LOOPI_VAULT_KEY", "not hex", "vault.wrong_key"),
        ("LOOPI_VAULT_KEY_FILE", "", "vault.key_file_unreadable"),
        ("LOOPI_VAULT_KEY_FILE", "/nowhere/at/all", "vault.key_file_unreadable"),
        ("LOOPI_VAULT_PASSPHRASE", "", "vault.bad_passphrase"),
        ("LOOPI_VAULT_PASSPHRASE_FILE", "/nowhere/at/all", "vault.key_file_unreadable"),
    ],
)
def test_a_named_secret_that_is_wrong_is_the_error_even_where_another_would_open(
    name: str, value: str, code: str, tmp_path: Path
) -> None:
    create_key_file(tmp_path / "vault.key", KEY)
    keys = KeySource(tmp_path, environ={name: value}, ask=lambda: "a passphrase")
    assert tried(keys, slots_of("keyfile", "passphrase")) == [("", code)]


def test_a_named_key_is_tried_on_random_key_slots_only(tmp_path: Path) -> None:
    keys = KeySource(tmp_path, environ={"LOOPI_VAULT_KEY": KEY.hex()})
    found = tried(keys, slots_of("passphrase", "recovery", "keychain", "keyfile"))
    source = "LOOPI_VAULT_KEY"
    assert found == [("keychain", source), ("keyfile", source), ("", "vault.wrong_key")]


def test_a_named_passphrase_is_tried_on_passphrase_slots_only(tmp_path: Path) -> None:
    keys = KeySource(tmp_path, environ={"LOOPI_VAULT_PASSPHRASE": "x"})
    found = tried(keys, slots_of("keyfile", "passphrase"))
    assert found == [("passphrase", "LOOPI_VAULT_PASSPHRASE"), ("", "vault.wrong_key")]


def test_without_a_keychain_the_person_is_asked_before_the_key_file_is_read(tmp_path: Path) -> None:
    create_key_file(tmp_path / "vault.key", KEY)
    keys = KeySource(tmp_path, environ={}, ask=lambda: "x")
    found = tried(keys, slots_of("keyfile", "passphrase"))
    assert found == [("passphrase", "passphrase"), ("keyfile", "vault.key"), ("", "vault.wrong_key")]


@pytest.mark.parametrize("ask", [None, lambda: None])
def test_a_passphrase_nobody_gives_leaves_the_vault_locked(ask: None, tmp_path: Path) -> None:
    assert tried(KeySource(tmp_path, environ={}, ask=ask), slots_of("passphrase")) == [("", "vault.locked")]


def test_a_keychain_slot_without_a_keychain_is_not_called_a_wrong_key(tmp_path: Path) -> None:
    assert tried(KeySource(tmp_path, environ={}), slots_of("keychain")) == [
        ("", "vault.keychain_unavailable")
    ]


def test_a_key_file_slot_without_a_key_file_is_a_wrong_key(tmp_path: Path) -> None:
    assert tried(KeySource(tmp_path, environ={}), slots_of("keyfile")) == [("", "vault.wrong_key")]


def test_an_unsafe_key_file_is_said_to_be_unsafe(tmp_path: Path) -> None:
    create_key_file(tmp_path / "vault.key", KEY)
    (tmp_path / "vault.key").chmod(0o644)
    assert tried(KeySource(tmp_path, environ={}), slots_of("keyfile")) == [("", "vault.key_file_unsafe")]


def test_a_new_slot_uses_the_secret_that_is_named(tmp_path: Path) -> None:
    key = KeySource(tmp_path, environ={"LOOPI_VAULT_KEY": KEY.hex()}).make_key("00" * 8, entropy=os.urandom)
    phrase = KeySource(tmp_path, environ={"LOOPI_VAULT_PASSPHRASE": "x"}).make_key(
        "00" * 8, entropy=os.urandom
    )
    assert (key.type, key.value, phrase.type, phrase.value) == ("keyfile", KEY, "passphrase", b"x")
    assert [path.name for path in tmp_path.iterdir()] == []


def test_a_new_slot_without_keychain_and_name_uses_the_key_file_and_uses_it_again(tmp_path: Path) -> None:
    keys = KeySource(tmp_path, environ={})
    first = keys.make_key("00" * 8, entropy=os.urandom)
    second = keys.make_key("11" * 8, entropy=os.urandom)
    assert (first.type, first.value) == (second.type, second.value) == ("keyfile", second.value)
    assert [path.name for path in tmp_path.iterdir()] == ["vault.key"]


def test_no_slot_is_made_from_a_passphrase_file_that_ends_with_a_line_break(tmp_path: Path) -> None:
    (tmp_path / "phrase").write_text("secret\n")
    keys = KeySource(tmp_path, environ={"LOOPI_VAULT_PASSPHRASE_FILE": str(tmp_path / "phrase")})
    with pytest.raises(VaultError, match="line break") as refused:
        keys.make_key("00" * 8, entropy=os.urandom)
    assert refused.value.code == "vault.bad_passphrase"
    assert "secret" not in str(refused.value)


def test_a_line_break_at_the_end_is_pointed_out_when_a_passphrase_opens_nothing(tmp_path: Path) -> None:
    keys = KeySource(tmp_path, environ={}, passphrase="secret\n")
    with pytest.raises(VaultError) as refused:
        list(keys.candidates(slots_of("passphrase")))
    assert "line break" in refused.value.hint


def test_a_second_writers_vault_opens_with_a_key_file_beside_it(tmp_path: Path, writer: ModuleType) -> None:
    create_key_file(tmp_path / "vault.key", writer.KEY)
    assert tried(KeySource(tmp_path, environ={}), slots_of("keyfile"))[0] == ("keyfile", "vault.key")


def test_the_key_file_goes_with_the_last_slot_that_needed_it(tmp_path: Path) -> None:
    create_key_file(tmp_path / "vault.key", KEY)
    keys = KeySource(tmp_path, environ={})
    slot, other = slots_of("keyfile", "keyfile")
    keys.discard([slot], [other])
    assert keys.has_key_file()
    keys.discard([other], [])
    assert not keys.has_key_file()


def test_a_passphrase_that_was_typed_wrong_is_told_in_a_sentence(tmp_path: Path) -> None:
    keys = KeySource(tmp_path, environ={}, ask=lambda: "x")
    with pytest.raises(VaultError, match=r"^That passphrase does not open this vault\.$") as refused:
        list(keys.candidates(slots_of("passphrase")))
    assert refused.value.hint.startswith("Type it again.")
