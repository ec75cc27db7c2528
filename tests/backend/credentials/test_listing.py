import json
from dataclasses import replace

from backend.credentials.listing import entry
from backend.credentials.records import Record
from backend.credentials.type_book import TypeBook
from engine.secrets import Secret

RECORD = Record(
    id="a1",
    name="GitHub",
    type="apiKey",
    fields={"apiKey": Secret("canary"), "apiUrl": "https://api.github.com/"},
    created_at="2026-08-01T09:30:00.000Z",
    updated_at="2026-08-02T09:30:00.000Z",
    version=2,
    allowed_hosts=("api.github.com",),
)


def test_a_credential_is_listed_with_everything_but_its_secrets(types: TypeBook) -> None:
    assert entry(RECORD, types.get("apiKey")) == {
        "id": "a1",
        "name": "GitHub",
        "type": "apiKey",
        "createdAt": "2026-08-01T09:30:00.000Z",
        "updatedAt": "2026-08-02T09:30:00.000Z",
        "version": 2,
        "allowedHosts": ["api.github.com"],
        "fields": {
            "apiKey": {"set": True, "secret": True},
            "apiUrl": {"set": True, "secret": False, "value": "https://api.github.com/"},
        },
    }


def test_a_field_without_a_value_is_listed_as_not_set(types: TypeBook) -> None:
    shown = entry(replace(RECORD, fields={}), types.get("apiKey"))
    assert shown["fields"] == {
        "apiKey": {"set": False, "secret": True},
        "apiUrl": {"set": False, "secret": False},
    }


def test_a_credential_of_a_type_that_is_gone_is_listed_all_the_same() -> None:
    shown = entry(replace(RECORD, type="gone"), None)
    assert json.dumps(shown).count("canary") == 0
    assert isinstance(shown["fields"], dict)
    assert shown["fields"]["apiKey"] == {"set": True, "secret": True}


def test_one_in_the_trash_says_since_when(types: TypeBook) -> None:
    shown = entry(replace(RECORD, deleted_at="2026-08-03T00:00:00.000Z"), types.get("apiKey"))
    assert shown["deletedAt"] == "2026-08-03T00:00:00.000Z"
