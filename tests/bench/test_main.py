"""The bench runs, and says the same of every row. No number is judged here: they belong to `make bench`."""

import json

import pytest

pytest.importorskip("resource", reason="the bench measures CPU as POSIX systems count it")

from bench.group import GROUPS
from bench.main import main
from bench.row import Row, table

FIELDS = [
    "what",
    "unit",
    "ours",
    "peer",
    "peer_name",
    "ratio",
    "bar",
    "bar_ratio",
    "verdict",
    "is_speed",
    "note",
]


def test_the_list_names_every_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(GROUPS)


def test_a_row_as_json_has_all_its_fields_and_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--rounds", "1", "--only", "vault", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows
    assert all(list(row) == FIELDS and row["ours"] > 0 for row in rows)


def test_a_bar_is_held_against_the_ratio_where_the_peer_sets_it() -> None:
    assert Row("a", "ms", 1.2, 1.0, "b", bar_ratio=1.25).verdict == "ok"
    assert Row("a", "ms", 1.3, 1.0, "b", bar_ratio=1.25).verdict == "over"


def test_a_bar_in_the_unit_of_the_row_needs_no_peer() -> None:
    assert Row("a", "ms", 149.0, bar=150).verdict == "ok"
    assert Row("a", "ms", 151.0, bar=150).verdict == "over"


def test_without_a_peer_there_is_no_verdict_and_the_reason_is_shown() -> None:
    row = Row("a", "ms", 1.0, None, "newman", bar_ratio=1.25, note="npm is not installed")
    assert row.verdict == ""
    assert table([row]).splitlines()[1].endswith("newman; npm is not installed")
