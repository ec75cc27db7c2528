import pytest

from engine.effects import Note, StepResult
from engine.errors import LoopiError
from engine.events import (
    Event,
    Fact,
    RequestSent,
    RunStarted,
    StepFinished,
    StepRetrying,
    StepStarted,
    StepWaiting,
    ValuesTaken,
    VariableSet,
)
from engine.past import Past

ERROR = {"code": "http.status", "message": "no", "hint": ""}


def past(*told: tuple[str, Fact]) -> Past:
    return Past(Event("r", seq, 0.0, path, fact) for seq, (path, fact) in enumerate(told))


def test_each_attempt_is_answered_as_it_was() -> None:
    found = past(
        ("0", StepStarted("a", "apiCall")),
        ("0", StepRetrying(1, ERROR, 1.0, 99.0)),
        ("0", StepFinished("a", "succeeded", {"data": 5}, "x")),
    )
    first = found.answer("0", 1)
    assert first is not None
    assert first.failure is not None
    assert (first.status, first.failure.retryable, first.failure.retry_at) == ("error", True, 99.0)
    assert found.answer("0", 2) == StepResult("ok", {"data": 5})
    assert found.answer("0", 3) is None
    assert (found.tried("0"), found.tried("1")) == (2, 0)


def test_a_wait_for_a_limit_is_no_mark_on_the_way_and_no_attempt() -> None:
    found = past(("0", StepStarted("a", "twitterCreateTweet")), ("0", StepWaiting(5.0, "limit")))
    assert found.holds("0", StepStarted("a", "twitterCreateTweet"))
    assert (found.is_over, found.tried("0")) == (True, 0)


def test_a_last_failure_is_not_tried_again_by_the_replay() -> None:
    result = past(("0", StepFinished("a", "unknown", {}, None, ERROR))).answer("0", 1)
    assert result is not None
    assert result.failure is not None
    assert (result.status, result.failure.retryable) == ("unknown", False)


def test_what_is_recorded_is_taken_up_once_and_in_order() -> None:
    started, value = StepStarted("a", "setVariable"), VariableSet("x", "••••••••")
    found = past(
        ("", RunStarted("i", "n", "h")), ("0", started), ("0", value), ("0", RequestSent("GET", "u"))
    )
    assert found.holds("", RunStarted("i", "n", "h"))
    assert found.holds("0", started)
    before = found.is_over
    assert found.holds("0", VariableSet("x", "real"))
    assert (before, found.is_over) == (False, True)
    assert not found.holds("0", value)
    assert found.next_seq == 4


def test_another_way_than_the_recorded_one_is_refused() -> None:
    with pytest.raises(LoopiError) as caught:
        past(("0", StepStarted("a", "wait"))).holds("0", StepStarted("b", "wait"))
    assert caught.value.code == "run.diverged"


def test_a_run_without_a_past_has_everything_before_it() -> None:
    found = Past(())
    assert found.is_over
    assert not found.holds("0", Note("0", StepStarted("a", "wait")).fact)


def test_a_cancelled_step_is_remembered() -> None:
    assert past(("0", StepFinished("a", "cancelled"))).was_cancelled


def test_what_was_taken_is_taken_again_in_its_order() -> None:
    found = past(("0", ValuesTaken({"now": "a"})), ("0", ValuesTaken({"now": "b"})))

    assert [found.values("0") for _ in range(3)] == [{"now": "a"}, {"now": "b"}, None]
    assert found.values("1") is None
