"""What is printed, where, and that it cannot steer a terminal."""

import io
import json
import os
import sys
from types import MappingProxyType

import pytest

from backend.cli.output import Output, moment, printable, silence
from engine.errors import LoopiError


@pytest.mark.parametrize(
    "sign", ["\x1b[2J", "\x07", "\r", "\n", "\x9b31m", "\x7f", "\u202e", "\u2066", "\u2028", "\x00"]
)
def test_no_sign_that_steers_a_terminal_is_printed(sign: str, capsys: pytest.CaptureFixture[str]) -> None:
    output = Output()
    output.line(f"a{sign}b")
    output.note(f"a{sign}b")
    output.table(("Name",), [(f"a{sign}b",)])
    shown = capsys.readouterr()
    assert sign not in (shown.out + shown.err).replace("b\n", "b")
    assert shown.out.count("\\") >= 2


def test_letters_of_any_script_stay_as_they_are() -> None:
    assert printable("Wetter für München — 天気 ☀️") == "Wetter für München — 天気 ☀️"


def test_json_is_one_line_of_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    Output().value(MappingProxyType({"a": ("ü\x1b\u2028", MappingProxyType({"b": 2**63}))}))
    line = capsys.readouterr().out
    assert line.isascii()
    assert line.count("\n") == 1
    assert json.loads(line) == {"a": ["ü\x1b\u2028", {"b": 2**63}]}


def test_what_is_no_data_is_not_printed() -> None:
    with pytest.raises(TypeError, match="object is not data"):
        Output().value({"a": object()})  # type: ignore[dict-item]


def test_a_failure_says_what_happened_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    Output().failure(LoopiError("a.b", "It broke.\n  here", hint="Mend it."))
    assert capsys.readouterr() == ("", "Error: It broke.\n  here\nMend it.\n")


def test_a_failure_as_json_goes_to_stdout_with_its_details(capsys: pytest.CaptureFixture[str]) -> None:
    Output(is_json=True).failure(LoopiError("a.b", "It broke."), details={"problems": []})
    shown = capsys.readouterr()
    assert json.loads(shown.out) == {
        "ok": False,
        "error": {"code": "a.b", "message": "It broke.", "hint": "", "problems": []},
    }
    assert shown.err == ""


def test_a_table_in_a_pipe_is_lines_with_tabs(capsys: pytest.CaptureFixture[str]) -> None:
    Output().table(("Name", "Type"), [("A\tB", "x"), ("C", "y")])
    assert capsys.readouterr().out == "A\\tB\tx\nC\ty\n"


def test_a_reader_that_has_gone_does_not_stop_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        output = Output()
        output.line("nobody reads this")
        output.line("nor this")
        output.close()
        assert not stream.closed


def test_a_silenced_stream_leads_nowhere() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream:
        silence(stream)
        stream.write("x")
    with os.fdopen(reading) as rest:
        assert rest.read() == ""


def test_colour_can_be_turned_off() -> None:
    plain = Output(has_color=False).console(io.StringIO())
    assert plain.no_color


@pytest.mark.parametrize(
    ("stamp", "shown"),
    [
        ("2026-01-31T09:05:59.123456+00:00", "2026-01-31 09:05 UTC"),
        ("2026-01-31T09:05:59Z", "2026-01-31 09:05 UTC"),
        ("2026-01-31T01:05:00+02:00", "2026-01-30 23:05 UTC"),
        ("2026-01-31T09:05:59", "2026-01-31 09:05 UTC"),
        ("some day", "some day"),
        ("", ""),
    ],
)
def test_a_saved_time_is_shown_in_one_way(stamp: str, shown: str) -> None:
    assert moment(stamp) == shown
