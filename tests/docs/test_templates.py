"""docs/templates.md is tested: each row is filled, each table is as the code has it."""

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from drive.run import TAKEN
from drive.templates import fill, lookup
from engine.template.filters import FILTERS
from engine.template.render import is_deferred, render_tree, render_url

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "templates.md").read_text("utf-8")
VALUES: dict[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0])


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without backticks."""
    section = PAGE.split(f"\n{heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    return [[cell.strip().strip("`").replace("\\|", "|") for cell in row] for row in cells]


@pytest.mark.parametrize(("field", "filled"), rows("## What a placeholder gives"))
def test_each_field_is_filled_as_shown(field: str, filled: str) -> None:
    value = fill(field, VALUES)

    assert value == (filled if isinstance(value, str) else json.loads(filled))


@pytest.mark.parametrize(("place", "value", "written"), rows("## In a URL"))
def test_each_url_is_written_as_shown(place: str, value: str, written: str) -> None:
    assert render_url(place, lookup({"v": value})) == written


@pytest.mark.parametrize(("field", "_meaning"), rows("## Credentials"))
def test_each_use_of_a_credential_is_possible(field: str, _meaning: str) -> None:
    assert is_deferred(render_tree(field, lookup()))


@pytest.mark.parametrize(("field", "_meaning"), rows("## The time and chance"))
def test_each_use_of_the_time_gives_a_value(field: str, _meaning: str) -> None:
    assert fill(field, TAKEN) is not None


def test_the_table_of_filters_is_up_to_date() -> None:
    generate = runpy.run_path(str(ROOT / "build" / "generate" / "filters.py"))

    assert generate["filled"](PAGE) == PAGE


def test_every_filter_is_listed_once() -> None:
    assert sorted(row[0] for row in rows("## Filters")) == sorted(FILTERS)


def test_the_body_shown_keeps_its_types() -> None:
    body = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])

    assert render_tree(body, lookup(VALUES)) == {"json": {"message": "Hello Ada", "tags": ["admin", "dev"]}}
