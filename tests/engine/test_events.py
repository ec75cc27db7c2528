import json

import pytest

from engine.events import (
    FACTS,
    AnswerTaken,
    BranchTaken,
    Differed,
    Event,
    Fact,
    LoopEntered,
    RequestSent,
    ResponseReceived,
    RunContinued,
    RunFinished,
    RunPaused,
    RunRehearsed,
    RunStarted,
    StepFinished,
    StepRetrying,
    StepStarted,
    StepWaiting,
    ValuesTaken,
    VariableSet,
)

ERROR = {"code": "x.y", "message": "It broke.", "hint": ""}
EXAMPLES: list[Fact] = [
    RunStarted("a", "Name", "00ff", {"city": "Łódź", "n": 12345678901234567890}),
    StepStarted("s", "apiCall", "Ask"),
    RequestSent("GET", "https://h/", {"Accept": ["a", "b"]}, "{}"),
    ResponseReceived(200, "https://h/", {"x": "y"}, 12, 0.25),
    StepRetrying(1, ERROR, 2.0, 99.5),
    StepWaiting(99.5, "limit"),
    StepFinished("s", "failed", {"data": [1, None]}, "stored", ERROR),
    LoopEntered(3, None),
    BranchTaken("else"),
    VariableSet("v", {"a": [True]}),
    ValuesTaken({"random": 0.5}),
    RunRehearsed("dry", "r"),
    AnswerTaken("r"),
    Differed("the branch then", "the branch else"),
    RunPaused("s"),
    RunContinued("step"),
    RunFinished("failed", {**ERROR, "path": "0"}),
]


@pytest.mark.parametrize("fact", EXAMPLES, ids=lambda fact: type(fact).__name__)
def test_an_event_survives_json(fact: Fact) -> None:
    event = Event("r", 3, 1700000000.25, "2/loop[3]/0", fact)

    assert Event.from_json(json.loads(json.dumps(event.to_json()))) == event


def test_a_line_begins_with_type_run_seq_time_and_path() -> None:
    line = Event("r", 0, 1.5, "0", StepStarted("s", "wait")).to_json()

    assert line == {
        "type": "StepStarted",
        "run_id": "r",
        "seq": 0,
        "at": 1.5,
        "path": "0",
        "step_id": "s",
        "step_type": "wait",
        "description": "",
    }
    assert list(line)[:5] == ["type", "run_id", "seq", "at", "path"]


def test_every_fact_has_an_example_here() -> None:
    assert {type(fact).__name__ for fact in EXAMPLES} == set(FACTS)


@pytest.mark.parametrize("broken", [{}, {"type": "Nothing"}, {"type": "BranchTaken", "branch": "then"}])
def test_what_is_no_event_is_an_error(broken: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError)):
        Event.from_json(broken)
