"""docs/settings.md has each key of the settings with its default, and its example can be used."""

import json
import re
from pathlib import Path

import pytest

from backend.store.errors import StoreError
from backend.store.settings import StoredSettings, load_settings
from docs.pages import page

PAGE = "docs/settings.md"
_ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| `(.+?)` \| .+ \|$", re.MULTILINE)


def rows() -> dict[str, tuple[str, str]]:
    return {key: (kind, default) for key, kind, default in _ROW.findall(page(PAGE).text)}


def loaded(folder: Path, document: object) -> StoredSettings:
    file = folder / "settings.json"
    file.write_text(json.dumps(document))
    return load_settings(file)


def test_every_key_is_told_with_its_default() -> None:
    assert {key: json.loads(default) for key, (_, default) in rows().items()} == StoredSettings().to_json()


def test_the_numbers_of_a_type_are_the_limits(tmp_path: Path) -> None:
    limits = {key: [int(each) for each in re.findall(r"\d+", kind)] for key, (kind, _) in rows().items()}
    ranges = {key: numbers for key, numbers in limits.items() if numbers}
    assert ranges.keys() == {
        "requestTimeoutSeconds",
        "maxResponseBytes",
        "maxRedirects",
        "maxLimitWaitSeconds",
        "historyDays",
        "historyRuns",
    }
    for key, (lowest, highest) in ranges.items():
        assert loaded(tmp_path, {key: highest}).to_json()[key] == highest
        for beyond in (lowest if key == "requestTimeoutSeconds" else lowest - 1, highest + 1):
            with pytest.raises(StoreError, match=key):
                loaded(tmp_path, {key: beyond})


def test_the_example_can_be_used(tmp_path: Path) -> None:
    (example,) = page(PAGE).blocks("json")
    settings = loaded(tmp_path, json.loads(example))
    assert settings.unknown == {}
    assert settings.values.request_timeout_s == 30
