"""Signals during a run, sent to this very process."""

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from backend.cli.stopping import Stopper
from engine.events import Event, RunFinished, RunStarted

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs os.kill with SIGINT")
BEGUN = Event("r", 0, 0.0, "", RunStarted("a", "A", "hash"))


@dataclass
class Run:
    """Ends when it is cancelled, unless it is deaf. `on_wait` happens once, at the first wait."""

    on_wait: Callable[[], None] = lambda: None
    is_deaf: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        self.cancelled.set()

    def wait(self, timeout_s: float | None = None) -> RunFinished | None:
        happen, self.on_wait = self.on_wait, lambda: None
        happen()
        is_over = self.cancelled.is_set() and not self.is_deaf
        return RunFinished("cancelled") if is_over else None


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_stops_the_run_and_its_end_is_waited_for(number: signal.Signals) -> None:
    run = Run(on_wait=lambda: os.kill(os.getpid(), number))
    with Stopper() as stopper:
        stopper(BEGUN)
        assert stopper.follow(run) == RunFinished("cancelled")


def test_a_signal_while_the_run_is_being_started_stops_it_too() -> None:
    run = Run()
    with Stopper() as stopper:
        stopper(BEGUN)
        interrupt()
        assert stopper.follow(run) == RunFinished("cancelled")


def test_before_the_run_has_begun_a_signal_interrupts_whoever_is_asked() -> None:
    with Stopper() as stopper, pytest.raises(KeyboardInterrupt):
        interrupt()
    assert not stopper.has_begun


def test_a_second_signal_does_not_wait() -> None:
    with Stopper() as stopper:
        stopper(BEGUN)
        interrupt()
        with pytest.raises(KeyboardInterrupt):
            interrupt()


def test_a_run_that_does_not_end_is_given_up() -> None:
    run = Run(on_wait=interrupt, is_deaf=True)
    with Stopper() as stopper:
        stopper(BEGUN)
        assert stopper.follow(run) is None
    assert run.cancelled.is_set()


def test_afterwards_the_signals_are_as_before() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with Stopper():
        assert signal.getsignal(signal.SIGINT) != before[0]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
