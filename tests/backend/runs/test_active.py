from backend.runs.active import ActiveRun, Last, RunSubject
from backend.runs.clock import SystemClock
from backend.runs.runner import Control
from engine.events import Event, RunFinished, RunStarted

SUBJECT = RunSubject("r", "a", "Name", 1.0, frozenset())


def test_a_run_is_waited_for_until_its_thread_says_how_it_ended() -> None:
    control = Control(SystemClock())
    run = ActiveRun(SUBJECT, control)
    assert run.wait(0) is None
    run.cancel()
    assert control.is_over()
    run.finish(RunFinished("cancelled"))
    assert run.wait(0) == RunFinished("cancelled")


def test_the_last_word_of_a_run_is_remembered() -> None:
    last = Last()
    last(Event("r", 0, 1.0, "", RunStarted("a", "n", "h")))
    assert last.finished is None
    last(Event("r", 1, 1.0, "", RunFinished("succeeded")))
    assert last.finished == RunFinished("succeeded")
