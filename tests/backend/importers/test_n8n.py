"""n8n's credentials as ours."""

import json

import pytest

from backend.importers.imported import ImportFailed
from backend.importers.n8n import import_n8n


def export(*entries: object) -> str:
    return json.dumps(entries)


def entry(kind: str, data: object) -> dict[str, object]:
    return {"id": "7", "name": "Mine", "type": kind, "data": data, "createdAt": "2025-01-01"}


@pytest.mark.parametrize(
    ("kind", "data", "ours", "fields"),
    [
        ("httpBasicAuth", {"user": "ada", "password": "p"}, "basic", {"username": "ada", "password": "p"}),
        ("httpDigestAuth", {"user": "ada", "password": "p"}, "digest", {"username": "ada", "password": "p"}),
        ("httpHeaderAuth", {"name": "X-Key", "value": "v"}, "custom", {"name": "X-Key", "value": "v"}),
        ("httpBasicAuth", {"user": "ada"}, "custom", {"user": "ada"}),
        (
            "gmailOAuth2",
            {"clientId": "c", "oauthTokenData": {"access_token": "t"}, "isGrant": True},
            "custom",
            {"clientId": "c", "access_token": "t"},
        ),
    ],
)
def test_each_credential_comes_over(
    kind: str, data: dict[str, object], ours: str, fields: dict[str, str]
) -> None:
    (made,) = import_n8n(export(entry(kind, data))).credentials
    assert (made.name, made.type) == ("Mine", ours)
    assert {key: value.reveal() for key, value in made.fields.items()} == fields


def test_an_encrypted_export_is_said_with_the_command_that_makes_another() -> None:
    with pytest.raises(ImportFailed) as refused:
        import_n8n(export(entry("httpBasicAuth", "U2FsdGVkX1+abc")))
    assert refused.value.code == "import.encrypted"
    assert "--decrypted" in refused.value.hint


@pytest.mark.parametrize("text", ["", "1", "[]", "{}", "[1, 2]"])
def test_what_is_no_export_is_said(text: str) -> None:
    with pytest.raises(ImportFailed) as refused:
        import_n8n(text)
    assert refused.value.code == "import.no_n8n"


@pytest.mark.parametrize("kind", ["oAuth1Api", "twitterOAuth1Api"])
def test_oauth1_stays_what_it_is_with_the_tokens_as_the_service_sent_them(kind: str) -> None:
    data = {
        "consumerKey": "ck-0001",
        "consumerSecret": "cs-0001",
        "oauthTokenData": {"oauth_token": "t-0001", "oauth_token_secret": "ts-0001"},
    }
    (found,) = import_n8n(json.dumps([{"id": "1", "name": "A", "type": kind, "data": data}])).credentials
    assert found.type == "oauth1"
    assert {key: value.reveal() for key, value in found.fields.items()} == {
        "consumerKey": "ck-0001",
        "consumerSecret": "cs-0001",
        "accessToken": "t-0001",
        "accessSecret": "ts-0001",
    }
