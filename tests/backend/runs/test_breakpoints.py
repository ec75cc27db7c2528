import threading

from backend.runs.breakpoints import Breakpoints, Mode
from engine.events import Fact, RunContinued, RunPaused


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
