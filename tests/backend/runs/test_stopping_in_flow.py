"""A run that is stopped in the middle of many rounds, many steps or deep blocks tells its end and no more."""

import pytest

from backend.runs.clock import SystemClock
from backend.runs.recorder import Recorder
from backend.runs.runner import Control, LocalRunner
from drive.check import assert_well_formed
from drive.run import YES, Document, automation
from engine.events import Event, RunFinished
from engine.executor import Executor
from engine.http.client import HttpClient
from engine.interpreter import interpret
from engine.model import Automation
from engine.ports import Settings
from engine.redact import Redactor
from engine.steps.action import RunResources

COUNT: Document = {"id": "count", "type": "modifyVariable", "variableName": "n", "operation": "increment"}
STOP_AT = 500


class NoIntents:
    """Nothing here is done that must be done once."""

    def intend(self, path: str, attempt: int) -> None:
        raise AssertionError

    withdraw = intend


def nested(depth: int) -> Document:
    step: Document = {"id": "loop", "type": "repeat", "while": YES, "limit": 1_000_000, "steps": [COUNT]}
    for level in range(depth):
        step = {"id": f"n{level}", "type": "try", "steps": [step], "onError": [], "finally": []}
    return step


LONG: dict[str, tuple[Automation, int]] = {
    "rounds": (automation({"type": "repeat", "times": 100_000, "steps": [COUNT]}, variables={"n": 0}), 2),
    "steps": (automation(*[{**COUNT, "id": f"c{each}"} for each in range(3_000)], variables={"n": 0}), 1),
    "deep": (automation(nested(50), variables={"n": 0}), 52),
    "items": (
        automation({"type": "forEach", "items": list(range(50_000)), "steps": [COUNT]}, variables={"n": 0}),
        2,
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_after_stop_only_what_is_open_is_closed(name: str) -> None:
    whole, depth = LONG[name]
    events: list[Event] = []
    control = Control(SystemClock())

    def keep(event: Event, _line: str) -> None:
        events.append(event)
        if len(events) == STOP_AT:
            control.cancelled.set()

    with HttpClient(Settings()) as http:
        resources = RunResources(http, Settings(), control.clock, Redactor())
        recorder = Recorder("r", control.clock, Redactor(), keep, sinks=())
        runner = LocalRunner(Executor("r", resources, {}, NoIntents()), recorder, control)
        runner.drive(interpret(whole, {}))

    assert_well_formed(events)
    assert events[-1].fact == RunFinished("cancelled")
    assert len(events) - STOP_AT <= depth + 1
