import threading

from backend.runs.stop_watch import StopWatch
from engine.errors import LoopiError


class Run:
    def __init__(self, active: dict[str, "Run"]) -> None:
        self.stopped = threading.Event()
        self._active = active

    def cancel(self) -> None:
        self._active.clear()
        self.stopped.set()


def test_only_the_run_that_was_named_is_stopped() -> None:
    active: dict[str, Run] = {}
    wanted, other = Run(active), Run(active)
    active |= {"wanted": wanted, "other": other}
    StopWatch(lambda: ["unknown", "wanted"], active).begin()
    assert wanted.stopped.wait(10)
    assert not other.stopped.is_set()


def test_a_history_that_fails_once_is_asked_again() -> None:
    active: dict[str, Run] = {}
    run = Run(active)
    active["r"] = run
    answers: list[LoopiError | list[str]] = [["r"], LoopiError("history.unusable", "The disk is full.")]

    def asked() -> list[str]:
        answer = answers.pop()
        if isinstance(answer, LoopiError):
            raise answer
        return answer

    StopWatch(asked, active).begin()
    assert run.stopped.wait(10)
