"""The table of programs from which one can import."""

import json

import pytest

from backend.importers.imported import ImportFailed
from backend.importers.source import SOURCES


@pytest.mark.parametrize("name", SOURCES)
def test_each_source_refuses_what_is_not_its_own_in_words(name: str) -> None:
    with pytest.raises(ImportFailed) as refused:
        SOURCES[name].read("neither this nor that", None)
    assert refused.value.code.startswith("import.")
    assert refused.value.hint
    assert SOURCES[name].title
    assert SOURCES[name].what


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("curl", "curl https://example.com/"),
        ("loopi", json.dumps({"name": "A", "steps": [{"type": "wait", "value": 1}]})),
        ("dotenv", "STRIPE_KEY=sk-0001"),
        ("postman", json.dumps({"name": "A", "values": [{"key": "k", "value": "v"}]})),
        ("n8n", json.dumps([{"name": "A", "type": "x", "data": {"k": "v"}}])),
        ("bruno", "vars {\n  k: v\n}\n"),
    ],
)
def test_each_source_reads_what_is_its_own(name: str, text: str) -> None:
    found = SOURCES[name].read(text, None)
    assert found.automations or found.credentials
