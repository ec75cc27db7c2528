"""The recorder: one order for all, and nothing passes it with a secret inside."""

import json
import threading

from backend.runs.clock import SystemClock
from backend.runs.recorder import Recorder
from engine.events import Event, StepStarted, VariableSet
from engine.redact import Redactor
from engine.secrets import BULLETS

SECRET = "sk-live-0123456789"


def ignored(_event: Event, _line: str) -> None:
    """No journal in these tests."""


def test_a_secret_in_a_fact_reaches_no_sink() -> None:
    seen: list[Event] = []
    recorder = Recorder("r1", SystemClock(), Redactor([SECRET]), ignored, sinks=[seen.append])
    recorder.record("0", VariableSet("echo", {"said": [f"you sent {SECRET}"]}))
    assert seen[0].fact == VariableSet("echo", {"said": [f"you sent {BULLETS}"]})


def test_every_sink_sees_every_event_once_in_one_order_without_gaps() -> None:
    first: list[int] = []
    second: list[int] = []
    recorder = Recorder(
        "r1",
        SystemClock(),
        Redactor(),
        lambda event, _line: first.append(event.seq),
        sinks=[lambda event: second.append(event.seq)],
    )

    def work() -> None:
        for _ in range(200):
            recorder.record("0", StepStarted("s", "wait"))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert first == second == list(range(800))


def test_what_the_journal_gets_as_json_is_the_event_itself() -> None:
    kept: list[tuple[Event, str]] = []
    recorder = Recorder("r1", SystemClock(), Redactor([SECRET]), lambda *each: kept.append(each), sinks=())
    recorder.record("0", VariableSet("quoted", f'a "quote", a back\\slash and {SECRET}'))
    ((event, line),) = kept
    assert json.loads(line) == event.to_json()
    assert SECRET not in line
