"""What a run is given of the saved credentials: a real vault underneath."""

import json
from pathlib import Path

import pytest

from backend.adapters.credentials import VaultCredentials
from backend.app import App, open_app
from engine.errors import LoopiError
from engine.ports import Credential
from engine.secrets import Secret

KEY = "5a" * 32


@pytest.fixture
def app(tmp_path: Path) -> App:
    return open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": KEY})


def found(app: App, reference: str) -> Credential | None:
    return VaultCredentials(lambda: app.credentials, lambda: app.types).find(reference)


def saved(app: App, type_id: str, fields: dict[str, str], *hosts: str) -> Credential:
    entry = app.credentials.add(type_id, "Mine", fields, allowed_hosts=hosts).entry
    credential = found(app, str(entry["id"]))
    assert credential is not None
    return credential


def test_a_credential_is_found_by_its_id_and_by_its_name(app: App) -> None:
    credential = saved(app, "apiKey", {"apiKey": "0123456789"})
    assert found(app, "Mine") == credential
    assert found(app, "mine, no") is None


def test_secret_fields_come_closed_and_open_ones_as_text(app: App) -> None:
    credential = saved(app, "apiKey", {"apiKey": "0123456789", "apiUrl": "https://api.example.com/v1/"})
    assert credential.fields["apiKey"] == Secret("0123456789")
    assert credential.fields["apiUrl"] == "https://api.example.com/v1/"


X_KEYS = dict.fromkeys(("apiKey", "apiSecret", "accessToken", "accessSecret"), "0123456789")


@pytest.mark.parametrize(
    ("type_id", "fields", "expected"),
    [
        ("apiKey", {"apiKey": "0123456789", "apiUrl": "https://a.org/v1/"}, ("header", ("a.org",))),
        ("apiKey", {"apiKey": "0123456789"}, ("header", ())),
        ("basic", {"username": "ann", "password": "0123456789"}, ("basic", ())),
        ("custom", {"token": "0123456789"}, ("none", ())),
        ("twitter", X_KEYS, ("oauth1", ("api.x.com",))),
    ],
    ids=["key with a url", "key", "basic", "custom", "twitter"],
)
def test_the_type_says_how_it_signs_and_where_it_may_go(
    app: App, type_id: str, fields: dict[str, str], expected: tuple[str, tuple[str, ...]]
) -> None:
    credential = saved(app, type_id, fields)
    assert (credential.signing.kind, credential.hosts) == expected


def test_allowed_hosts_of_a_credential_replace_those_of_its_type(app: App) -> None:
    fields = {"apiKey": "0123456789", "apiUrl": "https://api.example.com/"}
    assert saved(app, "apiKey", fields, "other.example.com").hosts == ("other.example.com",)


def test_a_credential_whose_type_cannot_be_read_any_more_goes_nowhere(app: App, tmp_path: Path) -> None:
    own = {
        "type": "object",
        "title": "Acme",
        "properties": {"key": {"type": "string", "title": "Key", "writeOnly": True}},
        "required": ["key"],
        "additionalProperties": False,
        "x-loopi": {"signing": {"kind": "none"}, "hosts": ["api.acme.example"]},
    }
    file = app.places.schemas / "acme.schema.json"
    file.write_text(json.dumps(own))
    assert saved(app, "acme", {"key": "0123456789"}).hosts == ("api.acme.example",)
    file.write_text(json.dumps(own) + ",")
    with pytest.raises(LoopiError) as caught:
        found(open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": KEY}), "Mine")
    assert caught.value.code == "credential.unknown_type"


def test_a_vault_that_does_not_open_keeps_its_own_code(app: App, tmp_path: Path) -> None:
    saved(app, "apiKey", {"apiKey": "0123456789"})
    other = open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": "00" * 32})
    with pytest.raises(LoopiError) as caught:
        found(other, "Mine")
    assert caught.value.code == "vault.wrong_key"
