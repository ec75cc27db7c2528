import json
import traceback
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import pytest

from backend.credentials.adding import MAX_CREDENTIALS
from backend.credentials.changes import Change, Keep, Set
from backend.credentials.errors import CredentialError
from backend.credentials.records import Owner
from backend.credentials.service import CredentialService
from backend.credentials.store import Raw, Store
from engine.secrets import Secret


class Clock(Protocol):
    """What the fixture `clock` offers."""

    now: datetime


Serve = Callable[[Store], CredentialService]
KEY = {"apiKey": "canary-secret", "apiUrl": "https://api.github.com/"}


def code(action: Callable[[], object]) -> str:
    with pytest.raises(CredentialError) as caught:
        action()
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.to_json())
    assert "canary" not in shown + repr(caught.value.fields)
    return caught.value.code


def names(service: CredentialService) -> list[object]:
    return [item["name"] for item in service.list()]


def add(service: CredentialService, name: str = "GitHub") -> str:
    return str(service.add("apiKey", name, KEY).entry["id"])


def test_what_was_added_is_listed_and_found_by_id_and_by_name(service: CredentialService) -> None:
    credential_id = add(service)
    assert names(service) == ["GitHub"]
    assert service.get(credential_id) == service.get("GitHub")
    assert service.get("GitHub").fields["apiKey"] == Secret("canary-secret")


def test_a_new_credential_has_times_in_utc_and_version_1(service: CredentialService) -> None:
    entry = service.add("apiKey", "GitHub", KEY).entry
    assert entry["createdAt"] == entry["updatedAt"] == "2026-08-01T09:30:00.000Z"
    assert entry["version"] == 1


def test_no_secret_is_in_a_listing_a_result_or_a_repr(service: CredentialService) -> None:
    saved = service.add("apiKey", "GitHub", {"apiKey": Secret("canary-secret")})
    shown = [saved, service.overview(), service.get("GitHub"), service]
    assert "canary" not in repr(shown)
    assert "canary" not in json.dumps([saved.entry, *service.list()])


def test_an_invalid_credential_is_refused_with_all_its_fields(
    service: CredentialService, store: Store
) -> None:
    with pytest.raises(CredentialError) as caught:
        service.add("apiKey", " ", {"apiUrl": "x", "zzz": "canary"}, allowed_hosts=["*"])
    assert caught.value.code == "credential.invalid"
    assert caught.value.fields.keys() == {"name", "apiKey", "apiUrl", "zzz", "allowedHosts"}
    assert not store.read().credentials


def test_an_unknown_type_is_refused(service: CredentialService) -> None:
    assert code(lambda: service.add("telegraph", "A", {})) == "credential.unknown_type"


def test_two_credentials_cannot_have_the_same_name(service: CredentialService) -> None:
    add(service, "Café")
    assert code(lambda: add(service, " cafe\u0301 ")) == "credential.name_taken"
    other = add(service, "Other")
    assert code(lambda: service.rename(other, "CAFÉ")) == "credential.name_taken"
    assert names(service) == ["Café", "Other"]


def test_a_credential_may_be_renamed_to_its_own_name_in_other_letters(service: CredentialService) -> None:
    assert service.rename(add(service), "GITHUB").entry["name"] == "GITHUB"


def test_a_taken_name_is_reported_together_with_what_else_is_wrong(service: CredentialService) -> None:
    add(service)
    with pytest.raises(CredentialError) as caught:
        service.add("apiKey", "GitHub", {})
    assert caught.value.fields.keys() == {"name", "apiKey"}


def test_an_edit_changes_what_it_names_and_keeps_the_rest(service: CredentialService) -> None:
    credential_id = add(service)
    changes: dict[str, Change] = {"apiKey": Keep(), "apiUrl": Set(Secret("https://b.example/"))}
    entry = service.edit(credential_id, 1, changes=changes, allowed_hosts=["B.example"]).entry
    assert (entry["name"], entry["version"], entry["allowedHosts"]) == ("GitHub", 2, ["b.example"])
    assert service.get(credential_id).fields == {
        "apiKey": Secret("canary-secret"),
        "apiUrl": "https://b.example/",
    }


def test_an_edit_of_a_state_that_has_passed_is_refused(service: CredentialService) -> None:
    credential_id = add(service)
    service.rename(credential_id, "First", version=1)
    assert code(lambda: service.rename(credential_id, "Second", version=1)) == "credential.changed_elsewhere"
    assert code(lambda: service.delete(credential_id, version=1)) == "credential.changed_elsewhere"
    assert names(service) == ["First"]


def test_bullets_sent_back_by_a_form_do_not_become_the_secret(service: CredentialService) -> None:
    credential_id = add(service)
    changes: dict[str, Change] = {"apiKey": Set(Secret("••••••••"))}
    assert code(lambda: service.edit(credential_id, 1, changes=changes)) == "credential.invalid"
    assert service.get(credential_id).fields["apiKey"] == Secret("canary-secret")


def test_what_was_deleted_is_in_the_trash_and_not_found(service: CredentialService) -> None:
    credential_id = add(service)
    service.delete(credential_id)
    assert service.list() == ()
    assert service.find(credential_id) is None
    assert [item["id"] for item in service.overview().trash] == [credential_id]
    assert code(lambda: service.delete(credential_id)) == "credential.not_found"


def test_what_was_restored_is_as_it_was(service: CredentialService) -> None:
    credential_id = add(service)
    before = service.get(credential_id).fields
    service.delete(credential_id)
    service.restore(credential_id)
    assert service.get(credential_id).fields == before
    assert code(lambda: service.restore(credential_id)) == "credential.not_in_trash"


def test_a_name_that_was_given_away_meanwhile_needs_another_one(service: CredentialService) -> None:
    credential_id = add(service)
    service.delete(credential_id)
    add(service)
    assert code(lambda: service.restore(credential_id)) == "credential.name_taken"
    service.restore(credential_id, name="GitHub, old")
    assert names(service) == ["GitHub", "GitHub, old"]


def test_a_time_that_cannot_be_read_empties_nothing(new_store: Callable[..., Store], serve: Serve) -> None:
    raw = {"id": "a", "name": "A", "type": "apiKey", "fields": {}}
    store = new_store([{**raw, "deletedAt": "long ago"}, {**raw, "deletedAt": 7}])
    add(serve(store))
    assert len(store.read().credentials) == 3


def test_a_private_credential_is_found_by_its_id_and_listed_nowhere(service: CredentialService) -> None:
    add(service)
    owner = Owner("auto", "step")
    credential_id = str(service.add("apiKey", "GitHub", KEY, owner=owner).entry["id"])
    assert service.get(credential_id).owner == owner
    assert service.get("GitHub").owner is None
    service.delete(credential_id)
    assert len(service.overview().entries) == 1
    assert service.overview().trash == ()


def test_a_damaged_record_hides_no_other_and_survives_every_change(
    new_store: Callable[..., Store], serve: Serve
) -> None:
    broken: Raw = {"id": "bad", "name": "Bad", "type": "apiKey", "fields": "canary"}
    store = new_store([broken, {"fields": {}}])
    service = serve(store)
    service.delete(add(service))
    add(service)
    assert names(service) == ["GitHub"]
    assert list(store.read().credentials)[:2] == [broken, {"fields": {}}]
    problems = service.overview().problems
    assert [problem.code for problem in problems] == ["credential.damaged"] * 2
    assert "bad" in problems[0].message
    assert "number 2" in problems[1].message
    assert code(lambda: service.get("bad")) == "credential.damaged"


def test_the_vault_takes_ten_thousand(new_store: Callable[..., Store], serve: Serve) -> None:
    full = new_store([{"id": str(number), "name": str(number)} for number in range(MAX_CREDENTIALS)])
    assert code(lambda: add(serve(full))) == "credential.too_many"


def test_where_it_may_go_is_said_by_itself_its_url_or_its_type(service: CredentialService) -> None:
    four = dict.fromkeys(("apiKey", "apiSecret", "accessToken", "accessSecret"), "abcdef")
    service.add("twitter", "X", four)
    service.add("basic", "Wiki", {"username": "a", "password": "abcdef"})
    service.add("basic", "Printer", {"username": "a", "password": "abcdef"}, allowed_hosts=["http://printer"])
    add(service)
    found = {name: service.hosts(service.get(name)) for name in ("X", "GitHub", "Wiki", "Printer")}
    assert found == {
        "X": ("api.x.com",),
        "GitHub": ("api.github.com",),
        "Wiki": (),
        "Printer": ("http://printer",),
    }


def test_a_short_secret_is_saved_with_a_notice(service: CredentialService) -> None:
    saved = service.add("apiKey", "Short", {"apiKey": "abc"})
    assert [(notice.code, notice.field) for notice in saved.notices] == [
        ("credential.short_secret", "apiKey")
    ]


def test_a_custom_credential_shows_only_the_fields_said_to_be_open(service: CredentialService) -> None:
    fields = {"token": "canary-secret", "tenant": "42"}
    entry = service.add("custom", "Own", fields, open_fields=["tenant"]).entry
    assert entry["fields"] == {
        "token": {"set": True, "secret": True},
        "tenant": {"set": True, "secret": False, "value": "42"},
    }
    assert service.list() == (entry,)


def test_a_credential_whose_type_is_gone_can_still_be_deleted(
    new_store: Callable[..., Store], serve: Serve
) -> None:
    service = serve(new_store([{"id": "a", "name": "A", "type": "gone", "fields": {"k": "canary"}}]))
    assert names(service) == ["A"]
    assert code(lambda: service.rename("a", "B")) == "credential.unknown_type"
    service.delete("a")
    assert service.list() == ()
