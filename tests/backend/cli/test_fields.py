"""Fields of a credential as JSON."""

import json
from pathlib import Path

import pytest

from backend.cli.fields import Given, parse_fields, read_fields
from backend.cli.output import Output
from backend.cli.prompt import UsageProblem
from backend.cli.session import Session


def values(given: Given) -> dict[str, str]:
    return {key: value.reveal() for key, value in given.values.items()}


def test_a_plain_value_sets_a_field() -> None:
    given = parse_fields('{"a": "x", "port": 8080, "on": true}')
    assert values(given) == {"a": "x", "port": "8080", "on": "true"}
    assert given.is_secret == {}


def test_the_three_operations_are_understood() -> None:
    given = parse_fields('{"a": {"op": "keep"}, "b": {"op": "set", "value": "x"}, "c": {"op": "clear"}}')
    assert values(given) == {"b": "x"}
    assert given.cleared == {"c"}


def test_a_field_of_ones_own_is_secret_unless_it_says_otherwise() -> None:
    given = parse_fields(
        '{"a": {"value": "x", "secret": false}, "b": {"value": "y", "secret": true}, "c": "z"}'
    )
    assert given.open_fields() == {"a"}
    assert given.open_fields(frozenset({"b", "d"})) == {"a", "d"}


@pytest.mark.parametrize(
    "document",
    [
        '"sk-0815"',
        '["sk-0815"]',
        '{"a": ["sk-0815"]}',
        '{"a": {"value": "sk-0815"}}',
        '{"a": {"op": "set", "value": ["sk-0815"]}}',
        '{"a": {"op": "keep", "value": "sk-0815"}}',
        '{"a": {"op": "put", "value": "sk-0815"}}',
        '{"a": {"value": "sk-0815", "secret": "no"}}',
        '{"a": null}',
        '{"a": "sk-0815"',
        "[" * 100_000,
    ],
)
def test_what_are_no_fields_is_refused_without_repeating_it(document: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        parse_fields(document)
    error: BaseException | None = caught.value
    assert caught.value.code == "usage.not_fields"
    assert "sk-0815" not in caught.value.message + caught.value.hint
    assert error is not None
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None


def test_a_file_of_fields_is_read_and_not_needed(tmp_path: Path) -> None:
    session = Session(Output())
    file = tmp_path / "fields.json"
    file.write_text(json.dumps({"a": "x"}))
    found = read_fields(session, file=file, from_stdin=False)
    assert found is not None
    assert values(found) == {"a": "x"}
    assert read_fields(session, file=None, from_stdin=False) is None


def test_two_sources_or_none_at_the_path_are_told(tmp_path: Path) -> None:
    session = Session(Output())
    with pytest.raises(UsageProblem, match="exclude each other"):
        read_fields(session, file=tmp_path / "a", from_stdin=True)
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageProblem, match="not UTF-8"):
        read_fields(session, file=tmp_path / "binary", from_stdin=False)


def test_given_fields_do_not_show_themselves() -> None:
    assert "sk-0815" not in repr(parse_fields('{"a": "sk-0815"}'))
