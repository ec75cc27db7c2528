from typing import Any

import pytest

from backend.importers.loopi_secret import StepSecrets
from engine.model import Json


def taken(**fields: Json) -> tuple[dict[str, Any], dict[str, dict[str, str]], list[str]]:
    step: dict[str, Any] = {"id": "s", "type": "apiCall", "url": "https://h.example/x", **fields}
    secrets = StepSecrets()
    secrets.take(step)
    found = {
        each.hosts[0]: {key: value.reveal() for key, value in each.fields.items()}
        for each in secrets.credentials()
    }
    return step, found, secrets.notes


def test_keys_of_address_and_headers_become_references() -> None:
    step, found, notes = taken(
        url="https://h.example/x?api_key=k-0001&q={{city}}",
        headers={"Authorization": "Bearer t-0001", "Accept": "a/b", "X-Api-Key": "{{k}}"},
    )
    assert step["url"] == "https://h.example/x?api_key={{credentials.apiKey}}&q={{city}}"
    assert step["headers"] == {
        "Authorization": "Bearer {{credentials.authorization}}",
        "Accept": "a/b",
        "X-Api-Key": "{{k}}",
    }
    assert (step["credentialId"], "body" in step, notes) == ("h.example", False, [])
    assert found == {"h.example": {"apiKey": "k-0001", "authorization": "t-0001"}}


def test_a_key_in_a_body_becomes_a_reference() -> None:
    step, found, _ = taken(body='{"auth": {"password": "p-0001"}}', contentType="json")
    assert step["body"] == {"json": {"auth": {"password": "{{credentials.password}}"}}}
    assert "contentType" not in step
    assert found == {"h.example": {"password": "p-0001"}}


def test_a_plain_host_is_allowed_as_such() -> None:
    step, found, _ = taken(url="http://h.example/?key=k-0001")
    assert (step["credentialId"], list(found)) == ("h.example", ["http://h.example"])


@pytest.mark.parametrize(
    "fields", [{"url": "{{base}}x?key=k-0001"}, {"url": "https://h.example/?key=k-0001", "credentialId": "c"}]
)
def test_what_cannot_be_moved_is_named_and_stays(fields: dict[str, Json]) -> None:
    step, found, notes = taken(**fields)
    assert (step["url"], found) == (fields["url"], {})
    assert "in plain text" in notes[0]


def test_a_step_without_secrets_stays_as_it_is() -> None:
    step, found, notes = taken(body='{"a": 1}', contentType="json", headers={"Accept": "a/b"})
    assert (step["body"], step["contentType"], found, notes) == ('{"a": 1}', "json", {}, [])
    assert "credentialId" not in step
