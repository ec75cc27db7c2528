import pytest

from backend.runs.known import Read
from backend.runs.restoring import restored, start_at
from engine.errors import LoopiError
from engine.events import Event, Fact, RunStarted, StepFinished, StepStarted, VariableSet
from engine.interpreter import Start
from engine.model import Json
from engine.secrets import BULLETS
from runs import automation, call

FIRST = call("first", "http://127.0.0.1/", storeKey="answer")
USES = {
    "id": "uses",
    "type": "setVariable",
    "variableName": "y",
    "value": "{{answer.word}} {{steps.first.status}}",
}
LAST = {"id": "last", "type": "setVariable", "variableName": "z", "value": "1"}


def told(*facts: tuple[str, Fact], **values: Json) -> Read:
    started: list[tuple[str, Fact]] = [("", RunStarted("a", "n", "h", values))]
    events = [Event("r", seq, 0.0, path, fact) for seq, (path, fact) in enumerate([*started, *facts])]
    return lambda: events


def first_ended(**output: Json) -> list[tuple[str, Fact]]:
    done = StepFinished("first", "succeeded", output, "answer")
    return [("0", StepStarted("first", "apiCall")), ("0", done)]


def test_a_run_begins_with_what_was_known_before_the_step() -> None:
    later: list[tuple[str, Fact]] = [
        ("1", StepStarted("uses", "setVariable")),
        ("1", VariableSet("y", "after")),
    ]
    events = told(*first_ended(data={"word": "hello"}, status=200), *later, city="Oslo")
    start, variables = restored(automation(FIRST, USES, LAST), "uses", events)
    assert start == Start(1, {"first": {"data": {"word": "hello"}, "status": 200}})
    assert variables == {"city": "Oslo", "answer": {"word": "hello"}}


def test_a_step_that_failed_and_was_passed_over_leaves_its_error() -> None:
    error: dict[str, Json] = {"code": "http.status", "message": "no", "hint": ""}
    start, _ = restored(
        automation(FIRST, LAST), "last", told(("0", StepFinished("first", "failed", {}, None, error)))
    )
    assert start.outputs["first"] == {"error": error}


def test_what_the_earlier_run_itself_was_given_is_handed_on() -> None:
    before = Start(1, {"first": {"data": 1}, "uses": {"data": "old"}})
    events = told(("1", StepFinished("uses", "succeeded", {"data": "new"})))
    start, _ = restored(automation(FIRST, USES, LAST), "last", events, before=before)
    assert start.outputs == {"first": {"data": 1}, "uses": {"data": "new"}}


def test_what_rounds_set_side_by_side_stays_in_them() -> None:
    loop = {"id": "all", "type": "forEach", "items": [1], "concurrency": 2, "steps": [LAST]}
    inside: list[tuple[str, Fact]] = [
        ("0", StepStarted("all", "forEach")),
        ("0/loop[0]/0", VariableSet("z", 1)),
        ("0/loop[0]/0", StepFinished("last", "succeeded", {"data": 1})),
    ]
    start, variables = restored(automation(loop, {**LAST, "id": "end"}), "end", told(*inside))
    assert (dict(start.outputs), dict(variables)) == ({}, {})


def test_a_secret_that_is_asked_for_is_refused_and_never_given_as_bullets() -> None:
    events = told(*first_ended(data={"word": f"Bearer {BULLETS}"}, status=200))
    with pytest.raises(LoopiError) as caught:
        restored(automation(FIRST, USES), "uses", events)
    assert caught.value.code == "run.redacted_value"
    assert "answer" in caught.value.message


def test_a_part_of_an_output_that_is_asked_for_is_refused_by_its_name() -> None:
    asks = {**LAST, "value": "{{ steps.first.url | upper }}"}
    events = told(*first_ended(data=1, url=f"http://127.0.0.1/?key={BULLETS}"))
    with pytest.raises(LoopiError) as caught:
        restored(automation(FIRST, asks), "last", events)
    assert "steps.first.url" in caught.value.message


def test_a_secret_that_nobody_asks_for_is_left_out() -> None:
    events = told(*first_ended(data={"word": "x"}, url=f"?key={BULLETS}", status=200), token=BULLETS)
    start, variables = restored(automation(FIRST, USES), "uses", events)
    assert start.outputs == {"first": {"data": {"word": "x"}, "status": 200}}
    assert "token" not in variables


def test_a_variable_that_is_changed_needs_its_value_too() -> None:
    adds = {"id": "add", "type": "modifyVariable", "variableName": "log", "operation": "append", "value": "x"}
    with pytest.raises(LoopiError):
        restored(automation(FIRST, adds), "add", told(log=BULLETS))


def test_a_run_begins_at_a_step_of_the_first_level_and_any_step_is_run_alone() -> None:
    loop = {"id": "all", "type": "forEach", "items": [1], "steps": [LAST]}
    whole = automation(FIRST, loop)
    assert start_at(whole, "all") == Start(1)
    assert start_at(whole, "last", is_only=True) == Start(0, count=1, within="1/loop[0]/")
    for step_id, is_only in (("last", False), ("gone", False), ("gone", True)):
        with pytest.raises(LoopiError) as caught:
            start_at(whole, step_id, is_only=is_only)
        assert caught.value.code == "run.no_such_step"


def test_a_step_of_a_round_is_run_in_the_last_one_that_came_to_it() -> None:
    loop = {"id": "all", "type": "forEach", "items": "{{answer}}", "steps": [LAST]}
    rounds: list[tuple[str, Fact]] = [
        ("1", StepStarted("all", "forEach")),
        ("1/loop[0]/0", StepStarted("last", "setVariable")),
        ("1/loop[0]/0", VariableSet("z", "of round 1")),
        ("1/loop[1]/0", StepStarted("last", "setVariable")),
        ("1/loop[1]/0", VariableSet("z", "too late")),
    ]
    start, variables = restored(
        automation(FIRST, loop), "last", told(*first_ended(data=["a", "b"]), *rounds), is_only=True
    )
    assert start == Start(0, {"first": {"data": ["a", "b"]}}, 1, "1/loop[1]/")
    assert variables == {"answer": ["a", "b"], "currentItem": "b", "loopIndex": 1, "z": "of round 1"}


def test_an_item_with_a_secret_is_refused_where_it_is_asked_for() -> None:
    asks = {**LAST, "value": "{{currentItem}}"}
    loop = {"id": "all", "type": "forEach", "items": "{{answer}}", "steps": [asks]}
    rounds: list[tuple[str, Fact]] = [
        ("1", StepStarted("all", "forEach")),
        ("1/loop[0]/0", StepStarted("last", "setVariable")),
    ]
    events = told(*first_ended(data=[BULLETS]), *rounds)
    with pytest.raises(LoopiError) as caught:
        restored(automation(FIRST, loop), "last", events, is_only=True)
    assert caught.value.code == "run.redacted_value"
