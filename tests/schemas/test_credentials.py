"""The schemas that are shipped: inside the subset, valid JSON Schema, and what other files rely on."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from backend import resources
from backend.credentials import extension, subset
from backend.credentials.type_book import TypeBook

FILES = sorted((resources.schemas() / "credentials").glob("*.schema.json"))
TABLE = Path(__file__).parents[3] / "shared" / "data" / "loopi-credential-types.json"

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


@every_file
def test_a_shipped_type_is_inside_the_subset(file: Path) -> None:
    schema = json.loads(file.read_text(encoding="utf-8"))
    assert [*map(str, subset.problems(schema)), *map(str, extension.problems(schema))] == []


@every_file
def test_a_shipped_type_is_valid_json_schema(file: Path) -> None:
    schema = json.loads(file.read_text(encoding="utf-8"))
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)


@every_file
def test_a_shipped_type_explains_itself(file: Path) -> None:
    kind = TypeBook.load(file.parent).get(file.name.removesuffix(".schema.json"))
    assert kind.description
    assert kind.setup
    assert all(field.title != field.key for field in kind.fields)


@every_file
def test_what_stands_in_the_examples_fits_its_field(file: Path) -> None:
    fields = json.loads(file.read_text(encoding="utf-8"))["properties"]
    errors = [
        error.message
        for field in fields.values()
        for example in field.get("examples", [])
        for error in Draft202012Validator(field).iter_errors(example)
    ]
    assert errors == []


def test_ids_and_field_keys_are_those_that_files_and_habits_know() -> None:
    types = TypeBook.load(resources.schemas() / "credentials").types
    keys = {kind.id: [field.key + "*" * field.is_secret for field in kind.fields] for kind in types.values()}
    assert keys == {
        "twitter": ["apiKey*", "apiSecret*", "accessToken*", "accessSecret*"],
        "oauth": ["clientId", "clientSecret*", "redirectUri", "authorizationUrl", "tokenUrl", "scopes"],
        "apiKey": ["apiKey*", "apiUrl"],
        "basic": ["username", "password*"],
        "custom": [],
        "aws": ["accessKeyId", "secretAccessKey*", "sessionToken*", "region", "service"],
        "clientCertificate": ["certificate", "privateKey*", "passphrase*", "authority"],
        "digest": ["username", "password*"],
        "oauth1": ["consumerKey*", "consumerSecret*", "accessToken*", "accessSecret*"],
    }


@pytest.mark.skipif(not TABLE.exists(), reason="the table of the older program's types is not here")
@pytest.mark.parametrize("type_id", ["twitter", "oauth", "apiKey", "basic", "custom"])
def test_the_older_program_has_the_same_keys(type_id: str) -> None:
    table = {row["type"]: row["fields"] for row in json.loads(TABLE.read_text(encoding="utf-8"))}
    ours = {
        field.key: field for field in TypeBook.load(resources.schemas() / "credentials").get(type_id).fields
    }
    for theirs in table[type_id]:
        field = ours[theirs["key"]]
        assert (field.is_secret, field.is_required) == (theirs["secret"], not theirs["optional"])
    more = ours.keys() - {theirs["key"] for theirs in table[type_id]}
    assert not any(ours[key].is_required for key in more)


def test_the_example_in_the_documents_is_a_type_that_works(tmp_path: Path) -> None:
    page = (resources.schemas().parent / "docs" / "credentials.md").read_text(encoding="utf-8")
    (tmp_path / "trello.schema.json").write_text(page.split("```json\n")[1].split("```")[0], encoding="utf-8")
    book = TypeBook.load(resources.schemas() / "credentials", tmp_path)
    assert book.problems == ()
    assert book.get("trello").hosts == ("api.trello.com",)
