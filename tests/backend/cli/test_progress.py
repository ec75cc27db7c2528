"""A run's events as lines."""

import io
import json

import pytest

from backend.cli.output import Output
from backend.cli.progress import JsonLines, Live, PlainLines
from engine.events import (
    Event,
    Fact,
    LoopEntered,
    RequestSent,
    ResponseReceived,
    RunFinished,
    RunStarted,
    StepFinished,
    StepRetrying,
    StepStarted,
    VariableSet,
)

RUN: list[tuple[str, float, Fact]] = [
    ("", 0.0, RunStarted("a", "Morning \x1b[2J", "hash")),
    ("0", 0.1, StepStarted("weather", "apiCall")),
    ("0", 0.2, RequestSent("GET", "https://api.example.com/")),
    ("0", 0.3, StepRetrying(1, {"message": "No answer."}, 2.0)),
    ("0", 0.4, ResponseReceived(200, "https://api.example.com/")),
    ("0", 0.5, StepFinished("weather", "succeeded", {"status": 200})),
    ("1", 0.5, StepStarted("each", "forEach")),
    ("1/loop[0]", 0.5, LoopEntered(0, 2)),
    ("1/loop[0]/0", 0.6, StepStarted("set", "setVariable")),
    ("1/loop[0]/0", 0.6, VariableSet("list", ["ü"])),
    ("1/loop[0]/0", 0.6, StepFinished("set", "skipped")),
    ("1", 1.0, StepFinished("each", "failed", error={"code": "x", "message": "It broke."})),
    ("", 1.25, RunFinished("failed")),
]
EVENTS = [Event("r", number, at, path, fact) for number, (path, at, fact) in enumerate(RUN)]


def test_plain_lines_go_to_stderr_and_steer_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    watcher = PlainLines(Output())
    for event in EVENTS:
        watcher(event)
    watcher.close()
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("Morning \\x1b[2J\n")


def test_json_lines_are_the_events_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    watcher = JsonLines(Output())
    for event in EVENTS:
        watcher(event)
    watcher.close()
    lines = capsys.readouterr().out.splitlines()
    assert [Event.from_json(json.loads(line)).seq for line in lines] == list(range(len(EVENTS)))


def test_the_live_view_prints_the_same_lines_and_nothing_that_steers(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr("sys.stderr", screen)
    watcher = Live(Output())
    for event in EVENTS:
        watcher(event)
    watcher.close()
    assert "[ok] weather  200  0.40 s" in screen.getvalue()
    assert "\x1b[2J" not in screen.getvalue()
