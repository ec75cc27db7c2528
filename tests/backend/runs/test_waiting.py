"""What waits before it goes to the disk: steps that only compute, and nothing else once it has ended."""

import pytest

from backend.runs.waiting import COMPUTING, MAX_CHARS, MAX_LINES, Waiting
from engine.events import (
    Fact,
    LoopEntered,
    RequestSent,
    RunPaused,
    StepFinished,
    StepRetrying,
    StepStarted,
    StepWaiting,
    ValuesTaken,
    VariableSet,
)
from engine.steps.flow import Flow
from engine.steps.registry import STEPS

SET = (StepStarted("s", "setVariable"), VariableSet("a", 1), StepFinished("s", "succeeded", {"data": 1}))


def dues(*facts: Fact) -> list[bool]:
    waiting = Waiting(0)
    return [waiting.add(fact, "{}") for fact in facts]


def test_steps_that_only_compute_wait_for_each_other() -> None:
    assert not any(dues(LoopEntered(0, 2), *SET, LoopEntered(1, 2), *SET))


def test_a_step_that_acts_is_written_when_it_ends() -> None:
    call = (StepStarted("c", "apiCall"), RequestSent("GET", "https://a.example/"))
    assert dues(*call, StepFinished("c", "succeeded")) == [False, False, True]


def test_what_was_computed_is_written_before_something_acts_or_waits() -> None:
    assert dues(*SET, StepStarted("w", "wait"))[-1]
    assert dues(*SET, StepStarted("c", "apiCall"))[-1]


@pytest.mark.parametrize("fact", [ValuesTaken({"now": "2026"}), RequestSent("GET", "https://a.example/")])
def test_what_cannot_be_computed_again_is_written_when_its_step_ends(fact: Fact) -> None:
    assert dues(SET[0], fact, SET[-1])[-1]


@pytest.mark.parametrize("fact", [StepWaiting(1e9, "limit"), StepRetrying(1, {}, 30.0), RunPaused("c")])
def test_before_a_long_wait_what_is_known_is_written(fact: Fact) -> None:
    assert dues(StepStarted("c", "apiCall"), fact)[-1]


def test_a_step_that_failed_is_written_at_once() -> None:
    assert dues(SET[0], StepFinished("s", "failed"))[-1]


def test_a_step_whose_beginning_is_written_is_written_when_it_ends() -> None:
    assert dues(SET[-1]) == [True]


def test_many_lines_and_long_lines_do_not_wait() -> None:
    assert dues(*[LoopEntered(index) for index in range(MAX_LINES)])[-1]
    assert Waiting(0).add(SET[1], "x" * MAX_CHARS)


def test_only_steps_without_an_effect_wait() -> None:
    assert all(isinstance(STEPS[name], Flow) for name in COMPUTING)
