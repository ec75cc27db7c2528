import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.credentials.errors import CredentialError
from backend.credentials.records import Owner, Record, read_record, timestamp, write_record
from backend.credentials.type_book import TypeBook
from engine.secrets import Secret

RAW: dict[str, object] = {
    "id": "a1",
    "name": "GitHub",
    "type": "apiKey",
    "createdAt": "2026-08-01T09:30:00.000Z",
    "updatedAt": "2026-08-01T09:30:00.000Z",
    "version": 3,
    "fields": {"apiKey": "canary-1", "apiUrl": "https://api.github.com/"},
    "secretFields": ["apiKey"],
    "allowedHosts": ["b.example", "a.example"],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
RECORDS = st.builds(
    Record,
    id=st.text(min_size=1),
    name=st.text(min_size=1),
    type=st.sampled_from(["apiKey", "custom", "gone"]),
    fields=st.dictionaries(st.text(), st.text().map(Secret)),
    created_at=st.text(),
    updated_at=st.text(),
    version=st.integers(min_value=0),
    allowed_hosts=st.lists(st.text()).map(tuple),
    deleted_at=st.none() | st.text(),
    owner=st.none() | st.builds(Owner, st.text(), st.text()),
    extra=st.dictionaries(st.text().map(lambda key: f"x-{key}"), JSON),
)


@given(RECORDS)
def test_a_record_survives_the_way_through_json(record: Record) -> None:
    assert read_record(json.loads(json.dumps(write_record(record))), None) == record


def test_keys_of_a_newer_program_survive_and_are_not_printed(types: TypeBook) -> None:
    record = read_record({**RAW, "rotation": {"old": "canary-2"}}, types.get("apiKey"))
    assert write_record(record)["rotation"] == {"old": "canary-2"}
    assert "canary" not in repr(record)


def test_what_is_read_and_written_again_is_the_same(types: TypeBook) -> None:
    assert write_record(read_record(RAW, types.get("apiKey"))) == RAW


def test_secret_fields_are_wrapped_and_others_are_not(types: TypeBook) -> None:
    fields = read_record(RAW, types.get("apiKey")).fields
    assert fields == {"apiKey": Secret("canary-1"), "apiUrl": "https://api.github.com/"}


def test_the_type_hides_what_the_record_forgot_to(types: TypeBook) -> None:
    record = read_record({**RAW, "secretFields": []}, types.get("apiKey"))
    assert isinstance(record.fields["apiKey"], Secret)


def test_a_type_that_was_loosened_does_not_open_what_was_secret(types: TypeBook) -> None:
    record = read_record({**RAW, "secretFields": ["apiKey", "apiUrl"]}, types.get("apiKey"))
    assert isinstance(record.fields["apiUrl"], Secret)


@pytest.mark.parametrize("type_id", ["gone", "custom"])
def test_without_a_word_about_them_all_fields_are_secret(types: TypeBook, type_id: str) -> None:
    raw = {key: value for key, value in RAW.items() if key != "secretFields"}
    record = read_record({**raw, "type": type_id}, types.find(type_id))
    assert record.open_fields == frozenset()


def test_a_custom_credential_remembers_which_of_its_fields_are_secret(types: TypeBook) -> None:
    raw = {**RAW, "type": "custom", "fields": {"token": "canary", "tenant": "42"}, "secretFields": ["token"]}
    record = read_record(raw, types.get("custom"))
    assert record.open_fields == {"tenant"}


def test_what_an_older_program_left_out_has_a_default(types: TypeBook) -> None:
    raw = {"id": "a", "name": "b", "type": "apiKey", "fields": {}}
    record = read_record(raw, types.get("apiKey"))
    assert (record.version, record.allowed_hosts, record.deleted_at, record.owner) == (1, (), None, None)


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": ""},
        {"name": 7},
        {"type": None},
        {"fields": None},
        {"fields": ["canary"]},
        {"fields": {"apiKey": {"canary": 1}}},
        {"secretFields": "apiKey"},
        {"allowedHosts": [7]},
        {"version": "1"},
        {"version": True},
        {"createdAt": 7},
        {"deletedAt": 7},
        {"owner": {"automationId": "a"}},
    ],
)
def test_a_damaged_record_is_named_and_its_values_are_not(types: TypeBook, change: dict[str, object]) -> None:
    with pytest.raises(CredentialError) as caught:
        read_record({**RAW, **change}, types.get("apiKey"), place=4)
    assert caught.value.code == "credential.damaged"
    assert ("number 5" if "id" in change else "a1") in caught.value.message
    assert "canary" not in caught.value.message


def test_times_are_utc_with_milliseconds() -> None:
    moment = datetime(2026, 8, 1, 11, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    assert timestamp(moment) == "2026-08-01T09:30:00.123Z"
