"""The recorder: one order for all, and nothing passes it with a secret inside."""

import json
import threading

from backend.runs.clock import SystemClock
from backend.runs.recorder import Recorder
from engine.events import Event, StepFinished, StepStarted, VariableSet
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


def test_an_output_that_was_searched_before_stands_in_the_line_as_it_is() -> None:
    kept: list[tuple[Event, str]] = []
    redactor = Redactor([SECRET])
    recorder = Recorder("r1", SystemClock(), redactor, lambda *each: kept.append(each), sinks=())
    output = {"data": {"é": [1.5, None]}, "output": {}}
    step_id = '","output":{},"x":"'
    assert redactor.value(output) is output
    recorder.record("0", StepFinished(step_id, "succeeded", output, "stored"))
    recorder.record("1", StepFinished("plain", "succeeded", output))
    assert [json.loads(line) for _event, line in kept] == [event.to_json() for event, _line in kept]
    assert next(event.fact for event, _line in kept) == StepFinished(step_id, "succeeded", output, "stored")


def test_an_output_is_searched_again_for_a_secret_that_was_learned_since() -> None:
    kept: list[str] = []
    redactor = Redactor([SECRET])
    recorder = Recorder("r1", SystemClock(), redactor, lambda _event, line: kept.append(line), sinks=())
    output = {"data": "a-token-of-this-run"}
    redactor.value(output)
    redactor.add("a-token-of-this-run")
    recorder.record("0", StepFinished("step", "succeeded", output))
    assert "a-token" not in kept[0]


def test_what_stands_beside_an_output_is_searched() -> None:
    kept: list[str] = []
    redactor = Redactor([SECRET])
    recorder = Recorder("r1", SystemClock(), redactor, lambda _event, line: kept.append(line), sinks=())
    output = {"data": 1}
    redactor.value(output)
    recorder.record("0", StepFinished("step", "failed", output, None, {"message": f"no: {SECRET}"}))
    assert SECRET not in kept[0]
    assert BULLETS in kept[0]
