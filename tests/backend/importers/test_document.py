"""JSON of other programs."""

import pytest

from backend.importers.document import MAX_TEXT, entries, listed, objects, text_of
from backend.importers.imported import ImportFailed

WORDS = {"code": "import.x", "message": "No.", "hint": "Try again."}


def test_an_object_has_the_list_that_is_needed() -> None:
    assert objects('{"a": [1]}', needs="a", **WORDS) == {"a": [1]}
    for text in ('{"a": 1}', "[]", "{", f'{{"a": ["{"x" * MAX_TEXT}"]}}'):
        with pytest.raises(ImportFailed) as refused:
            objects(text, needs="a", **WORDS)
        assert (refused.value.code, refused.value.message, refused.value.hint) == tuple(WORDS.values())


def test_entries_are_the_objects_of_a_list_or_the_one_that_stands_alone() -> None:
    assert entries('[{"a": 1}, 2]', **WORDS) == [{"a": 1}]
    assert entries('{"a": 1}', **WORDS) == [{"a": 1}]
    with pytest.raises(ImportFailed):
        entries("1", **WORDS)
    assert listed(None) == []


def test_only_texts_and_numbers_are_texts() -> None:
    found: list[object] = ["a b", 1, 1.5, True, None, []]
    assert [text_of(each) for each in found] == ["a b", "1", "1.5", "", "", ""]
