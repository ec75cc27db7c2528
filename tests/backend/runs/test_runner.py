"""The driver of the interpreter: effects carried out in order, parallel rounds, interruptions."""

import threading
from collections.abc import Callable, Iterator
from typing import cast

import pytest

from backend.runs.clock import SystemClock
from backend.runs.recorder import Recorder
from backend.runs.runner import Control, LocalRunner
from engine.effects import Answer, Effect, Failure, Note, Parallel, Run, Sleep, StepCall, StepResult
from engine.events import BranchTaken, Event, Fact
from engine.executor import Executor
from engine.halt import Halt, Interrupted, StepFailed
from engine.model import Json, Step
from engine.ports import Emit
from engine.redact import Redactor

CALL = StepCall("0", Step("a", "apiCall"), {}, "read")


class Answers:
    """Stands for the executor: what each call is answered with."""

    def __init__(self, answer: Callable[[StepCall], StepResult]) -> None:
        self.execute_one = answer

    def execute(self, call: StepCall, _emit: Emit, _is_cancelled: Callable[[], bool]) -> StepResult:
        return self.execute_one(call)


def runner(
    answer: Callable[[StepCall], StepResult] = lambda _call: StepResult("ok"), control: Control | None = None
) -> tuple[LocalRunner, list[Fact]]:
    facts: list[Fact] = []

    def keep(event: Event, _line: str) -> None:
        facts.append(event.fact)

    clock = SystemClock()
    recorder = Recorder("r1", clock, Redactor(), keep, sinks=())
    executor = cast("Executor", Answers(answer))
    return LocalRunner(executor, recorder, control or Control(clock)), facts


def story(*effects: Effect) -> Run:
    answers: list[Answer] = []
    for effect in effects:
        answer = yield effect
        answers += [answer]
    return cast("Json", answers)


def test_answers_go_back_in_the_order_of_the_effects() -> None:
    made, facts = runner()
    result = made.drive(story(Note("0", BranchTaken("then")), CALL, Sleep("1", 0.0)))
    assert result == [None, StepResult("ok"), None]
    assert facts == [BranchTaken("then")]


def test_a_sleep_until_a_moment_that_has_passed_does_not_wait() -> None:
    made, _ = runner()
    assert made.drive(story(Sleep("0", 3600.0, until=1.0))) == [None]


def test_parallel_branches_overlap_up_to_the_limit_and_keep_their_order() -> None:
    together = threading.Barrier(3)

    def meet(_call: StepCall) -> StepResult:
        together.wait(20)
        return StepResult("ok")

    def branch(number: int) -> Run:
        yield CALL
        return number

    made, _ = runner(meet)
    assert made.drive(story(Parallel("0", (branch(number) for number in range(6)), 3))) == [
        [0, 1, 2, 3, 4, 5]
    ]


def test_after_a_branch_failed_no_other_is_started_and_the_failure_comes_back() -> None:
    started: list[int] = []

    def branch(number: int) -> Run:
        started.append(number)
        yield Note("0", BranchTaken("then"))
        raise StepFailed(Failure("http.status", "no"), f"loop[{number}]", step_id="a", output={})

    def parent() -> Run:
        try:
            yield Parallel("0", (branch(number) for number in range(100)), 2)
        except StepFailed as failed:
            return failed.failure.code
        return None

    made, _ = runner()
    assert made.drive(parent()) == "http.status"
    assert len(started) <= 4


def test_an_interrupted_run_may_still_write_its_closing_notes() -> None:
    control = Control(SystemClock())
    control.cancelled.set()

    def closing() -> Run:
        try:
            yield CALL
        except Interrupted:
            yield Note("", BranchTaken("else"))
            raise
        return None

    made, facts = runner(control=control)
    with pytest.raises(Interrupted):
        made.drive(closing())
    assert facts == [BranchTaken("else")]


def test_a_call_that_failed_because_of_stop_is_an_interruption_and_no_failure() -> None:
    control = Control(SystemClock())

    def stop(_call: StepCall) -> StepResult:
        control.cancelled.set()
        return StepResult("error", failure=Failure("http.cancelled", "stopped"))

    made, _ = runner(stop, control)
    with pytest.raises(Interrupted):
        made.drive(story(CALL))


def test_a_run_past_its_deadline_says_that_it_took_too_long() -> None:
    clock = SystemClock()
    made, _ = runner(control=Control(clock, deadline=clock.monotonic() - 1))
    with pytest.raises(Halt) as caught:
        made.drive(story(CALL))
    failure = cast("Interrupted", caught.value).failure
    assert failure is not None
    assert failure.code == "run.timeout"


def test_branches_are_taken_from_their_source_only_when_there_is_room() -> None:
    taken: list[int] = []
    most: list[int] = []
    done: list[int] = []

    def branches() -> Iterator[Run]:
        for number in range(50):
            taken.append(number)
            most.append(len(taken) - len(done))
            yield story(CALL)

    def count(_call: StepCall) -> StepResult:
        done.append(1)
        return StepResult("ok")

    made, _ = runner(count)
    made.drive(story(Parallel("0", branches(), 2)))
    assert len(taken) == len(done) == 50
    assert max(most) <= 3
