"""The credentials file of the Electron app, sealed here as that app does."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.importers.imported import ImportFailed
from backend.importers.loopi_vault import is_loopi_vault, read_loopi_vault
from drive.electron_vault import sealed

TYPES = Path(__file__).resolve().parents[4] / "shared" / "data" / "loopi-credential-types.json"
KEYS = {"apiKey": "k-0001", "apiSecret": "s-0001", "accessToken": "t-0001", "accessSecret": "ts-0001"}


def record(kind: str, data: object, name: str = "Mine") -> dict[str, object]:
    times = {"createdAt": "2025-01-01T00:00:00.000Z", "updatedAt": "2025-01-01T00:00:00.000Z"}
    return {"id": "ab" * 16, "name": name, "type": kind, **times, "data": data}


def vault(*records: object) -> str:
    return sealed(json.dumps(records).encode())


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("twitter", KEYS),
        ("oauth", {"clientId": "c", "clientSecret": "s", "redirectUri": "http://127.0.0.1/"}),
        ("apiKey", {"apiKey": "k", "apiUrl": "https://api.example.com/"}),
        ("basic", {"username": "ada", "password": "p"}),
        ("custom", {"anything": "x"}),
    ],
)
def test_a_documented_type_comes_over_as_ours(kind: str, data: dict[str, str]) -> None:
    (found,) = read_loopi_vault(vault(record(kind, data)), None)
    assert (found.name, found.type, found.reference) == ("Mine", kind, "ab" * 16)
    assert {key: value.reveal() for key, value in found.fields.items()} == data


def test_a_type_without_all_its_fields_comes_over_as_custom() -> None:
    (found,) = read_loopi_vault(vault(record("twitter", {**KEYS, "apiSecret": ""})), None)
    assert found.type == "custom"
    assert "apiSecret" not in found.fields


@pytest.mark.skipif(not TYPES.is_file(), reason="the table of types is not here")
def test_each_type_of_that_app_arrives_with_its_fields() -> None:
    types = json.loads(TYPES.read_text("utf-8"))
    records = [
        record(each["type"], {field["key"]: f"v-{field['key']}" for field in each["fields"]})
        for each in types
    ]
    found = read_loopi_vault(vault(*records), None)
    assert len(found) == len(types) == 77
    for made, each in zip(found, types, strict=True):
        assert made.type == (
            each["type"] if each["type"] in ("twitter", "oauth", "apiKey", "basic") else "custom"
        )
        assert sorted(made.fields) == sorted(field["key"] for field in each["fields"])


def test_a_password_from_the_environment_opens_the_file() -> None:
    text = sealed(json.dumps([record("basic", {"username": "a", "password": "b"})]).encode(), "own")
    assert len(read_loopi_vault(text, "own")) == 1
    with pytest.raises(ImportFailed) as refused:
        read_loopi_vault(text, None)
    assert refused.value.code == "import.wrong_key"
    assert "LOOPI_ENCRYPTION_KEY" in refused.value.hint


@pytest.mark.parametrize("content", [b"{}", b"no json", b'["x", {"data": 1}, {}]', b"\xff", b"[" * 5000])
def test_content_of_another_shape_is_refused_or_empty(content: bytes) -> None:
    try:
        found: object = read_loopi_vault(sealed(content), None)
    except ImportFailed as refused:
        found = refused.code
    assert found in ((), "import.wrong_key")


@pytest.mark.parametrize("text", ["", "[]", '{"credentials": 1}', '{"credentials": "00:11"}', "[" * 10**6])
def test_what_is_no_such_file_is_said(text: str) -> None:
    assert not is_loopi_vault(text)
    with pytest.raises(ImportFailed) as refused:
        read_loopi_vault(text, None)
    assert refused.value.code == "import.no_loopi_vault"


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 255), st.integers(1, 255))
def test_a_changed_file_never_gives_another_secret_unseen_as_an_error(place: int, change: int) -> None:
    """Nothing proves the content; what comes out is still of the right shape, or refused."""
    text = vault(record("twitter", KEYS))
    iv, body = json.loads(text)["credentials"].split(":")
    changed = bytearray(bytes.fromhex(body))
    changed[place % len(changed)] ^= change
    try:
        found = read_loopi_vault(json.dumps({"credentials": f"{iv}:{changed.hex()}"}), None)
    except ImportFailed as refused:
        assert refused.code == "import.wrong_key"  # noqa: PT017 - either outcome is right
    else:
        assert all(each.type in ("twitter", "custom", "basic", "oauth", "apiKey") for each in found)
