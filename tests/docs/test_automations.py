"""docs/automations.md is tested: every example can be read, every name is one that the schemas have."""

import json
import re
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from drive.run import AUTOMATION_SCHEMA, BOOK, STEP_SCHEMAS, document, run
from engine.condition import ALL_OPERATORS
from engine.parse.document import parse

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "automations.md").read_text("utf-8")
X_PAGE = (ROOT / "docs" / "x.md").read_text("utf-8")


def examples(page: str) -> list[Any]:
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]


EXAMPLES = examples(PAGE)


def whole(example: Any) -> Mapping[str, Any]:  # noqa: ANN401  # what the page shows: an automation, a step or several
    if isinstance(example, list):
        return document(*example)
    return example if "format" in example else document(example)


def named(heading: str) -> list[str]:
    """The names in backticks in the first column of the table below a heading."""
    section = re.split(r"\n##+ ", PAGE.split(f"{heading}\n", 1)[1])[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


@pytest.mark.parametrize("example", [*EXAMPLES, *examples(X_PAGE)])
def test_every_example_is_an_automation(example: Any) -> None:  # noqa: ANN401  # as above
    assert parse(whole(example), book=BOOK).steps


def test_the_tables_of_steps_are_up_to_date() -> None:
    generate = runpy.run_path(str(ROOT / "build" / "generate" / "steps.py"))

    assert generate["filled"](PAGE) == PAGE


def test_the_fields_of_the_file_and_of_every_step_are_those_of_the_schema() -> None:
    assert sorted(named("## The file")) == sorted(AUTOMATION_SCHEMA["properties"])
    assert sorted(named("## Every step")) == sorted(AUTOMATION_SCHEMA["$defs"]["common"]["properties"])


@pytest.mark.parametrize("step_type", STEP_SCHEMAS)
def test_every_type_is_described_with_all_its_fields(step_type: str) -> None:
    heading = f"### {STEP_SCHEMAS[step_type]['title']}: `{step_type}`"

    assert named(heading) == list(STEP_SCHEMAS[step_type]["properties"])


def test_every_operator_is_described() -> None:
    assert sorted(named("## Conditions")) == sorted(ALL_OPERATORS)


def test_values_are_typed_as_the_page_says() -> None:
    driver = run(*EXAMPLES[2])

    assert [fact.value for _path, fact in driver.facts if hasattr(fact, "value")] == [0, 5, [5]]
