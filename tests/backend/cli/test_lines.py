"""A run's events as lines for a person."""

from datetime import datetime

from backend.cli.lines import Lines, Summary
from engine.events import (
    BranchTaken,
    Event,
    Fact,
    LoopEntered,
    RequestSent,
    RunFinished,
    RunStarted,
    StepFinished,
    StepRetrying,
    StepStarted,
    StepWaiting,
    VariableSet,
)

BROKE = {"code": "x", "message": "It broke."}
Fold = list[tuple[str, float, Fact]]


def events(*facts: tuple[str, float, Fact]) -> list[Event]:
    return [Event("r", number, at, path, fact) for number, (path, at, fact) in enumerate(facts)]


def shown(*facts: tuple[str, float, Fact]) -> list[str]:
    lines = Lines()
    return [line for event in events(*facts) for line in lines.of(event)]


def test_a_step_is_one_line_with_what_its_author_says_of_it_and_its_variables_below() -> None:
    assert shown(
        ("", 0.0, RunStarted("a", "Morning", "hash")),
        ("0", 0.1, StepStarted("weather", "apiCall", "Ask for the weather")),
        ("0", 0.2, RequestSent("GET", "https://api.example.com/")),
        ("0", 0.5, VariableSet("list", ["ü"])),
        ("0", 0.5, StepFinished("weather", "succeeded", {"status": 200})),
    ) == ["Morning", "[ok] weather: Ask for the weather  200  0.40 s", '  list = ["ü"]']


def test_a_retry_names_its_step() -> None:
    assert shown(
        ("0", 0.1, StepStarted("weather", "apiCall")),
        ("0", 0.3, StepRetrying(1, {"message": "No answer."}, 2.0)),
    ) == ["weather  try 1 failed: No answer. Again in 2 s."]


def test_a_wait_for_a_limit_says_until_when_and_the_day_when_it_is_another() -> None:
    noon = datetime(2026, 3, 1, 12, 0).astimezone().timestamp()
    lines = shown(
        ("0", noon, StepStarted("post", "twitterCreateTweet")),
        ("0", noon, StepWaiting(noon + 1800, "limit of 15 minutes of X")),
        ("0", noon, StepWaiting(noon + 86_400, "limit")),
    )
    assert lines == [
        "post  waits until 12:30: the limit of 15 minutes of X is used up",
        "post  waits until 2026-03-02 12:00: the limit is used up",
    ]


def test_a_condition_stands_before_the_side_that_is_taken_and_closes_silently() -> None:
    assert shown(
        ("1", 0.5, StepStarted("cold", "if", "Is it cold?")),
        ("1", 0.5, BranchTaken("else")),
        ("1/else/0", 0.6, StepStarted("mild", "setVariable")),
        ("1/else/0", 0.6, VariableSet("advice", "No coat")),
        ("1/else/0", 0.6, StepFinished("mild", "succeeded")),
        ("1/else/1", 0.6, StepFinished("off", "skipped")),
        ("1", 0.6, StepFinished("cold", "succeeded", {"data": False})),
    ) == [
        "cold: Is it cold?",
        "  -> else",
        "    [ok] mild  0.00 s",
        "      advice = No coat",
        "    [skipped] off",
    ]


def test_a_loop_stands_before_its_rounds_and_a_failure_is_told_once() -> None:
    assert shown(
        ("0", 0.0, StepStarted("each", "forEach")),
        ("0/loop[0]", 0.0, LoopEntered(0, 2)),
        ("0/loop[0]/0", 0.0, StepStarted("send", "apiCall")),
        ("0/loop[0]/0", 1.0, StepFinished("send", "succeeded")),
        ("0/loop[1]", 1.0, LoopEntered(1, 2)),
        ("0/loop[1]/0", 1.0, StepStarted("send", "apiCall")),
        ("0/loop[1]/0", 2.0, StepFinished("send", "failed", error=BROKE)),
        ("0", 2.0, StepFinished("each", "failed", error=BROKE)),
    ) == [
        "each",
        "  round 1 of 2",
        "    [ok] send  1.00 s",
        "  round 2 of 2",
        "    [failed] send  1.00 s  It broke.",
        "[failed] each  2.00 s",
    ]


def test_a_step_of_a_loop_that_is_run_alone_stands_by_itself() -> None:
    assert shown(
        ("", 0.0, RunStarted("a", "Plan", "h", {})),
        ("2/loop[1]/0", 0.0, StepStarted("hot", "if")),
        ("2/loop[1]/0", 0.0, BranchTaken("then")),
        ("2/loop[1]/0/then/0", 0.0, StepStarted("send", "apiCall")),
        ("2/loop[1]/0/then/0", 1.0, StepFinished("send", "succeeded")),
        ("2/loop[1]/0", 1.0, StepFinished("hot", "succeeded")),
    ) == ["Plan", "hot", "  -> then", "    [ok] send  1.00 s"]


def test_a_loop_without_rounds_is_one_line_and_stored_results_stand_below_a_loop() -> None:
    assert shown(
        ("0", 0.0, StepStarted("none", "forEach")),
        ("0", 0.0, StepFinished("none", "succeeded", {"count": 0})),
        ("1", 0.0, StepStarted("each", "forEach")),
        ("1/loop[0]", 0.0, LoopEntered(0)),
        ("1", 0.0, VariableSet("all", [1])),
        ("1", 0.0, StepFinished("each", "succeeded", {"count": 1}, "all")),
    ) == ["[ok] none  0.00 s", "each", "  round 1", "  all = [1]"]


def test_rounds_that_run_at_the_same_time_are_named_again_when_they_take_turns() -> None:
    ok = StepFinished("a", "succeeded")
    assert shown(
        ("0", 0.0, StepStarted("each", "forEach")),
        ("0/loop[0]", 0.0, LoopEntered(0, 2)),
        ("0/loop[1]", 0.0, LoopEntered(1, 2)),
        ("0/loop[1]/0", 0.0, ok),
        ("0/loop[0]/0", 0.0, ok),
        ("0/loop[0]/1/loop[0]", 0.0, LoopEntered(0, 1)),
        ("0/loop[0]/1/loop[0]/0", 0.0, ok),
        ("0/loop[0]/2", 0.0, ok),
        ("0/loop[1]/1", 0.0, ok),
    )[3:] == [
        "    [ok] a  0.00 s",
        "  round 1, continued",
        "    [ok] a  0.00 s",
        "    0/loop[0]/1",
        "      round 1 of 1",
        "        [ok] a  0.00 s",
        "    [ok] a  0.00 s",
        "  round 2, continued",
        "    [ok] a  0.00 s",
    ]


def test_a_failure_that_is_not_the_last_one_told_is_told() -> None:
    other = {"code": "y", "message": "Something else."}
    assert shown(
        ("0", 0.0, StepStarted("if", "if")),
        ("0", 0.0, BranchTaken("then")),
        ("0/then/0", 0.0, StepFinished("a", "failed", error=BROKE)),
        ("0", 0.0, StepFinished("if", "failed", error=other)),
    )[2:] == ["    [failed] a  0.00 s  It broke.", "[failed] if  0.00 s  Something else."]


def test_the_words_of_our_own_are_ascii() -> None:
    facts: Fold = [
        ("0", 0.0, StepStarted("if", "if")),
        ("0", 0.0, BranchTaken("then")),
        ("0/then/0/loop[0]", 0.0, LoopEntered(0, 1)),
        ("0/then/0", 0.0, StepRetrying(1, BROKE, 1.0)),
        ("0", 0.0, StepFinished("if", "unknown", error=BROKE)),
    ]
    assert "".join(shown(*facts)).isascii()


def test_a_long_value_is_cut() -> None:
    _, line = shown(("0", 0.0, VariableSet("v", "x" * 1000)), ("0", 0.0, StepFinished("a", "succeeded")))
    assert len(line) < 220


def test_the_summary_counts_steps_and_seconds() -> None:
    summary = Summary()
    for event in events(
        ("", 0.0, RunStarted("a", "Morning", "hash")),
        ("0", 0.5, StepFinished("each", "succeeded")),
        ("1", 1.0, StepFinished("last", "failed", error=BROKE)),
        ("", 1.25, RunFinished("failed")),
    ):
        summary(event)
    assert summary.is_over
    assert summary.text("failed") == "Morning failed: 2 steps in 1.2 s."
