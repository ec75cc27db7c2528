"""Every JSON example is JSON, and what is an automation or a step can run."""

import json
from pathlib import Path
from typing import Any

import pytest

from docs.pages import USER_PAGES, page
from drive.run import BOOK
from engine.model import walk
from engine.parse.document import parse, warnings
from engine.steps.registry import STEPS
from shape.tree import ROOT

EXAMPLES = [
    pytest.param(block, id=f"{each.path}-{number}")
    for each in USER_PAGES
    for number, block in enumerate(each.blocks("json"), 1)
]


def automation_of(example: Any) -> dict[str, Any] | None:  # noqa: ANN401 - any JSON
    """The automation that an example shows: as a whole, as its steps, or as one step."""
    match example:
        case {"format": "loopi-automation/1"}:
            return dict(example)
        case [{"type": str(kind)}, *_] if kind in STEPS:
            return {"format": "loopi-automation/1", "name": "Steps", "steps": example}
        case {"type": str(kind)} if kind in STEPS:
            return {"format": "loopi-automation/1", "name": "A step", "steps": [{"id": "it", **example}]}
    return None


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_json_example_is_json_and_what_it_shows_can_run(example: str) -> None:
    automation = automation_of(json.loads(example))
    if automation is not None:
        assert parse(automation, book=BOOK).steps


def test_the_first_example_of_the_readme_is_an_automation() -> None:
    assert automation_of(json.loads(page("README.md").blocks("json")[0])) is not None


@pytest.mark.parametrize("file", sorted((ROOT / "examples").glob("*.json")), ids=lambda file: file.name)
def test_a_file_of_the_examples_can_run_and_says_what_it_needs(file: Path) -> None:
    automation = parse(json.loads(file.read_text(encoding="utf-8")), book=BOOK)
    names = {step.credential for step in walk(automation.steps) if step.credential}
    assert warnings(automation) == ()
    assert names
    assert [name for name in names if f"credential named {name}." not in automation.description] == []
