"""A Postman environment as a credential."""

import json

import pytest

from backend.importers.imported import ImportFailed
from backend.importers.postman import import_postman


def environment(*values: object) -> str:
    return json.dumps({"id": "1", "name": "Shop", "values": values, "_postman_variable_scope": "environment"})


def test_its_values_become_the_fields_of_one_credential() -> None:
    found = import_postman(
        environment(
            {"key": "baseUrl", "value": "https://shop.example.com", "type": "default", "enabled": True},
            {"key": "api-key", "value": "k-0001", "type": "secret", "enabled": True},
            {"key": "old", "value": "x", "enabled": False},
            {"key": "token", "value": ""},
        )
    )
    (made,) = found.credentials
    assert (made.name, made.type, made.hosts) == ("Shop", "custom", ("shop.example.com",))
    assert {key: value.reveal() for key, value in made.fields.items()} == {
        "baseUrl": "https://shop.example.com",
        "api_key": "k-0001",
    }
    assert found.notes == ("Without a value in the file, so not taken: token.",)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"values": {}}', "[" * 100_000])
def test_what_is_no_environment_is_said(text: str) -> None:
    with pytest.raises(ImportFailed) as refused:
        import_postman(text)
    assert refused.value.code == "import.no_postman"


def test_an_empty_environment_has_no_credential() -> None:
    assert import_postman(environment(3, {"key": 1})).credentials == ()
