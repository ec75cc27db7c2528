import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend import resources
from backend.credentials.errors import CredentialError
from backend.credentials.type_book import MAX_BYTES, TypeBook

BUILTIN = resources.schemas() / "credentials"
OWN = {
    "type": "object",
    "title": "Weather",
    "properties": {"token": {"type": "string", "writeOnly": True}},
    "required": ["token"],
    "x-loopi": {"signing": {"kind": "bearer", "fields": {"token": "token"}}, "hosts": ["api.example.com"]},
}


def put(folder: Path, name: str, content: object = OWN) -> Path:
    file = folder / f"{name}.schema.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def codes(book: TypeBook) -> list[str]:
    return [problem.code for problem in book.problems]


def test_the_types_come_with_the_program() -> None:
    plain = {"twitter", "oauth", "apiKey", "basic", "custom"}
    signed = {"aws", "clientCertificate", "digest", "oauth1"}
    assert set(TypeBook.load(BUILTIN).types) == plain | signed


def test_a_type_of_ones_own_works_like_the_others(tmp_path: Path) -> None:
    put(tmp_path, "weather")
    book = TypeBook.load(BUILTIN, tmp_path)
    assert codes(book) == []
    assert book.get("weather").title == "Weather"
    assert book.get("weather").hosts == ("api.example.com",)
    assert not book.get("weather").is_builtin


def test_a_missing_folder_is_an_empty_one(tmp_path: Path) -> None:
    assert TypeBook.load(BUILTIN, tmp_path / "none").problems == ()


def test_a_type_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(CredentialError, match="telegraph") as caught:
        TypeBook.load(BUILTIN).get("telegraph")
    assert caught.value.code == "credential.unknown_type"


@pytest.mark.parametrize("name", ["twitter", "Twitter", "APIKEY"])
def test_a_type_of_the_program_cannot_be_replaced(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    book = TypeBook.load(BUILTIN, tmp_path)
    assert codes(book) == ["credential_type.reserved"]
    assert book.get("twitter").is_builtin


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "[" * 100_000,
        '{"type": "object", "type": "object"}',
        '{"type": "object", "title": NaN}',
        '{"type": "object", "title": "\\ud800"}',
        {"type": "array"},
        {**OWN, "properties": {"token": {"type": "string", "pattern": "(a+)+$"}}},
        {**OWN, "x-loopi": {"hosts": ["*"]}},
    ],
)
def test_an_invalid_file_is_reported_and_the_others_work(tmp_path: Path, content: object) -> None:
    put(tmp_path, "bad", content)
    put(tmp_path, "good")
    book = TypeBook.load(BUILTIN, tmp_path)
    assert codes(book) == ["credential_type.invalid"]
    assert "bad.schema.json" in book.problems[0].message
    assert "good" in book.types


def test_a_report_names_the_place_of_every_problem(tmp_path: Path) -> None:
    put(tmp_path, "bad", {"type": "object", "oneOf": [], "properties": {"a": {"type": "date"}}})
    (problem,) = TypeBook.load(BUILTIN, tmp_path).problems
    assert "oneOf" in problem.message
    assert "properties.a.type" in problem.message


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "large", json.dumps(OWN) + " " * MAX_BYTES)
    assert codes(TypeBook.load(BUILTIN, tmp_path)) == ["credential_type.too_large"]


def test_a_file_whose_name_is_no_name_is_reported(tmp_path: Path) -> None:
    put(tmp_path, "my type")
    assert codes(TypeBook.load(BUILTIN, tmp_path)) == ["credential_type.invalid"]


@pytest.mark.skipif(os.name != "posix", reason="links need a right on Windows")
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "schemas"
    outside.mkdir()
    folder.mkdir()
    (folder / "weather.schema.json").symlink_to(put(outside, "weather"))
    (folder / "loop.schema.json").symlink_to(folder / "loop.schema.json")
    book = TypeBook.load(BUILTIN, folder)
    assert codes(book) == ["credential_type.unreadable", "credential_type.outside_folder"]
    assert "weather" not in book.types


@pytest.mark.skipif(os.name != "posix", reason="named pipes are a matter of POSIX")
def test_a_pipe_and_a_folder_are_reported_and_nobody_waits_for_them(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.schema.json")
    (tmp_path / "folder.schema.json").mkdir()
    assert codes(TypeBook.load(BUILTIN, tmp_path)) == ["credential_type.unreadable"] * 2


def test_a_folder_that_is_a_file_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "schemas"
    file.write_text("")
    assert codes(TypeBook.load(BUILTIN, file)) == ["credential_type.unreadable"]


def test_reading_the_types_and_listing_loads_no_slow_library() -> None:
    script = (
        "import sys; from backend import resources; from backend.credentials import service, usage;"
        "from backend.credentials.type_book import TypeBook;"
        "TypeBook.load(resources.schemas() / 'credentials');"
        "print({'jsonschema', 'idna', 'platformdirs', 'cryptography'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"
