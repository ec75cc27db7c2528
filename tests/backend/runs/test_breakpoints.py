import threading

from backend.runs.breakpoints import Breakpoints, Mode
from backend.runs.runner import Control
from engine.events import Fact, RunContinued, RunPaused
from servers.clock import WaitedClock


def pausing(points: Breakpoints, *answers: Mode, over: bool = False) -> list[Fact]:
    """Come to two steps; each pause is answered as soon as it is told."""
    told: list[Fact] = []
    waiting = list(answers)
    stopped = threading.Event()

    def record(_path: str, fact: Fact) -> None:
        told.append(fact)
        if isinstance(fact, RunPaused):
            if over:
                stopped.set()
            elif waiting:
                assert points.go_on(waiting.pop(0))

    for path, step_id in (("0", "a"), ("1", "b"), ("2/run/0", "a")):
        points.pause(path, step_id, record, stopped.is_set)
    return told


def test_a_run_waits_before_its_breakpoints_alone() -> None:
    assert pausing(Breakpoints(["a"]), "continue") == [RunPaused("a"), RunContinued("continue")]
    assert pausing(Breakpoints()) == []


def test_a_step_leads_to_the_next_one_wherever_it_stands() -> None:
    found = pausing(Breakpoints(["a"]), "step", "step", "continue")
    assert [fact.step_id for fact in found if isinstance(fact, RunPaused)] == ["a", "b", "a"]


def test_stop_ends_the_wait_and_nothing_else_is_told() -> None:
    assert pausing(Breakpoints(["a"]), over=True) == [RunPaused("a")]
    assert not Breakpoints(["a"]).go_on("continue")


def test_the_time_of_a_pause_does_not_count_and_that_before_and_after_it_does() -> None:
    clock = WaitedClock(at=0.0)
    points = Breakpoints(["a"], clock.monotonic)
    control = Control(clock, deadline=10.0, breakpoints=points)
    seen: list[bool] = []

    def record(_path: str, fact: Fact) -> None:
        if isinstance(fact, RunPaused):
            clock.at += 1_000
            seen.append(control.is_over())
            points.go_on("continue")

    for at in (4.0, 1_009.0):
        clock.at = at
        points.pause("0", "a", record, control.is_over)
        seen.append(control.is_over())
    clock.at += 2
    assert [*seen, control.is_over()] == [False, False, False, False, True]
