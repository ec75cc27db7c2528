import json

import pytest

from backend.runs.active import RunOptions
from backend.runs.journal import Intent
from backend.runs.resuming import check, choices, chosen, settled, variables
from engine.errors import LoopiError
from engine.events import Event, RunStarted, StepStarted
from engine.interpreter import Start
from engine.model import Automation
from engine.past import Past
from engine.secrets import BULLETS

AUTOMATION = Automation("a", "Morning", (), {"shown": BULLETS}, content_hash="hash")
ROW = {"outcome": None, "is_going": 0, "content_hash": "hash", "choices": None}


def code_of(**changes: object) -> str:
    with pytest.raises(LoopiError) as caught:
        check({**ROW, **changes}, AUTOMATION)
    return caught.value.code


def past(**values: str) -> Past:
    started = Event("r", 0, 0.0, "", RunStarted("a", "n", "hash", values))
    return Past([started, Event("r", 1, 0.0, "0", StepStarted("post", "apiCall"))])


def test_only_an_interrupted_run_of_the_same_automation_goes_on() -> None:
    check(ROW, AUTOMATION)
    assert code_of(outcome="failed") == "run.is_over"
    assert code_of(is_going=1) == "run.still_running"
    assert code_of(content_hash="other") == "run.automation_changed"


def test_the_first_values_are_those_recorded() -> None:
    assert variables(past(city="Oslo", shown=BULLETS), AUTOMATION) == {"city": "Oslo", "shown": BULLETS}


def test_a_value_that_was_redacted_is_refused_and_never_used_as_bullets() -> None:
    with pytest.raises(LoopiError) as caught:
        variables(past(token=f"Bearer {BULLETS}"), AUTOMATION)
    assert caught.value.code == "run.redacted_value"


def test_a_doubt_that_only_a_person_can_settle_needs_an_answer() -> None:
    intents = [Intent("0", 1, 5.0)]
    with pytest.raises(LoopiError) as caught:
        settled(intents, past(), {})
    assert caught.value.code == "run.outcome_unknown"
    assert list(settled(intents, past(), {"0": True})) == ["0"]


def test_the_chosen_credentials_come_back() -> None:
    options = RunOptions(credentials={"post": "c2"}, start=Start(2, {"first": {"data": 1}}, 1, "0/then/"))
    kept = json.dumps(choices(options))
    assert chosen({"choices": kept}) == ({"post": "c2"}, Start(2, {"first": {"data": 1}}, 1, "0/then/"))
    assert chosen(ROW) == ({}, Start())
