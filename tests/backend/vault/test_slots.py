import os
from types import ModuleType

import pytest

from backend.vault import canonical, slots
from backend.vault.errors import VaultError
from backend.vault.slots import SlotKey, make_slot, open_slot, parse_slots

DATA_KEY = bytes(range(32))


@pytest.mark.parametrize("kind", ["keychain", "keyfile", "recovery", "passphrase"])
def test_a_slot_opens_with_its_secret_and_no_other(kind: str) -> None:
    slot = make_slot(DATA_KEY, SlotKey(kind, "00" * 8, b"right"), entropy=os.urandom)
    assert open_slot(slot, b"right") == DATA_KEY
    assert open_slot(slot, b"wrong") is None


def test_a_passphrase_is_stretched_longer_than_a_random_key() -> None:
    made = {
        k: make_slot(DATA_KEY, SlotKey(k, "00" * 8, b"x"), entropy=os.urandom)
        for k in ("passphrase", "keyfile")
    }
    assert (made["passphrase"].iterations, made["keyfile"].iterations) == (600_000, 100_000)


def test_a_slot_is_the_same_as_the_second_writers(writer: ModuleType) -> None:
    given = iter((bytes(range(32, 64)), bytes(range(16))))
    made = make_slot(
        writer.DATA_KEY, SlotKey("keyfile", "0123456789abcdef", writer.KEY), entropy=lambda _: next(given)
    )
    assert made.to_json() == writer.slot()


def test_a_slot_survives_writing_and_reading() -> None:
    made = make_slot(DATA_KEY, SlotKey("keyfile", "ab" * 8, b"x"), entropy=os.urandom)
    assert parse_slots(canonical.load(canonical.dump([made.to_json()]))) == (made,)


@pytest.mark.parametrize("field", ["type", "kid", "iterations", "salt", "iv", "ct"])
def test_a_slot_with_any_field_changed_does_not_open(field: str, writer: ModuleType) -> None:
    (slot,) = parse_slots([writer.slot()])
    values = {name: getattr(slot, name) for name in ("type", "kid", "iterations", "salt", "iv", "ct", "tag")}
    others = {"type": "recovery", "kid": "ff" * 8, "iterations": 100_001}
    changed = others.get(field) or bytes(len(values[field]))
    assert open_slot(slots.Slot(**values | {field: changed}), writer.KEY) is None


def test_a_wrapped_key_of_another_length_does_not_open(writer: ModuleType) -> None:
    made = make_slot(bytes(33), SlotKey("keyfile", "00" * 8, b"x"), entropy=os.urandom)
    assert open_slot(made, b"x") is None


def test_secrets_do_not_show() -> None:
    assert "hunter2" not in repr(SlotKey("passphrase", "00" * 8, b"hunter2"))


@pytest.mark.parametrize("raw", [None, {}, [], [None], ["x"], [{}], [[]]])
def test_what_is_not_a_list_of_slots_is_damaged(raw: object) -> None:
    with pytest.raises(VaultError) as refused:
        parse_slots(raw)
    assert refused.value.code == "vault.damaged"
