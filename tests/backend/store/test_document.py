"""The bytes of an automation's file: limits when reading, one order of keys when writing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.resources import schemas
from backend.store.document import MAX_BYTES, encode, mutable, read_text, steps_of
from backend.store.errors import StoreError
from engine.model import BLOCKS, Json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("typeid", max_size=5), inner),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(st.sampled_from(["steps", "then", "id", "zeta", "format"]), JSON)


def nested(depth: int) -> dict[str, Json]:
    steps: list[Json] = []
    for number in range(depth):
        steps = [{"id": f"s{number}", "type": "if", "then": steps}]
    return {"name": "deep", "steps": steps}


@given(DOCUMENTS)
def test_what_is_written_says_the_same_and_is_written_the_same_again(document: dict[str, Json]) -> None:
    content = encode(document)
    assert json.loads(content) == document
    assert encode(json.loads(content)) == content


def test_keys_stand_in_the_order_of_the_format_whatever_order_they_came_in() -> None:
    step: dict[str, Json] = {"then": [], "storeKey": "k", "zeta": 1, "alpha": 2, "type": "if", "id": "s"}
    document: dict[str, Json] = {"steps": [step], "name": "N", "id": "i", "format": "loopi-automation/1"}
    written = json.loads(encode(document))
    assert list(written) == ["format", "id", "name", "steps"]
    assert list(written["steps"][0]) == ["id", "type", "alpha", "zeta", "storeKey", "then"]
    assert encode(document).startswith(b'{\n  "format"')


def test_the_document_that_was_given_is_not_changed() -> None:
    document: dict[str, Json] = {"steps": [{"type": "wait", "id": "w"}], "name": "N"}
    before = json.dumps(document)
    encode(document)
    assert json.dumps(document) == before


def test_steps_are_found_in_reading_order_at_any_depth() -> None:
    document: dict[str, Json] = {
        "steps": [
            {"id": "a", "then": [{"id": "b"}], "else": [{"id": "c", "steps": [{"id": "d"}]}]},
            "no step",
            {"id": "e", "onError": "stop"},
        ]
    }
    assert [step["id"] for step in steps_of(document)] == ["a", "b", "c", "d", "e"]
    assert sum(1 for _ in steps_of(nested(5000))) == 5000


def test_every_block_that_a_schema_knows_is_known_here() -> None:
    blocks = {
        name
        for schema in (schemas() / "steps").glob("*.schema.json")
        for name, field in json.loads(schema.read_text()).get("properties", {}).items()
        if "$defs/step" in json.dumps(field)
    }
    assert blocks
    assert blocks <= set(BLOCKS)


@pytest.mark.parametrize("document", [nested(5000), {"n": float("inf")}, {"name": "\ud800"}])
def test_what_no_file_can_hold_is_refused(document: dict[str, Json]) -> None:
    with pytest.raises(StoreError) as caught:
        encode(document)
    assert caught.value.code == "automation.unsavable"


def test_a_copy_shares_nothing_with_what_it_was_made_from() -> None:
    document: dict[str, Json] = {"steps": [{"id": "a"}]}
    next(steps_of(mutable(document)))["id"] = "b"
    assert document == {"steps": [{"id": "a"}]}


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\xfe{}", "automation.unreadable"), (b" " * (MAX_BYTES + 1), "automation.unreadable")],
)
def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        read_text(path)
    assert caught.value.code == code


def test_a_file_that_is_not_there_or_a_folder_is_an_error_for_a_person(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        with pytest.raises(StoreError) as caught:
            read_text(path)
        assert caught.value.code == "store.unreadable"


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf{}")
    assert read_text(path) == "{}"


def test_what_would_steer_a_terminal_is_written_as_an_escape() -> None:
    name = "a\x9b31mb\u202ec\x7f"
    written = encode({"name": name})
    assert b"\\u009b" in written
    assert b"\xc2\x9b" not in written
    assert json.loads(written)["name"] == name
