"""Ctrl-C and SIGTERM during a run: the first stops it and waits for its end, a second does not wait."""

import signal
from collections.abc import Callable
from types import FrameType
from typing import Protocol, Self

from engine.events import Event, RunFinished

PATIENCE_S = 1.0
_TICK_S = 0.1


class Running(Protocol):
    """A run that was started."""

    def cancel(self) -> None: ...
    def wait(self, timeout_s: float | None = None) -> RunFinished | None: ...


class Stopper:
    """Holds the signals while a run is started and followed. Is a sink too, to know when the run has begun.

    Before that (somebody may be typing a passphrase) a signal is a KeyboardInterrupt, as is a second signal.
    """

    def __init__(self) -> None:
        self.has_begun = False
        self._is_stopped = False
        self._is_asking = False
        self._running: Running | None = None

    def __enter__(self) -> Self:
        self._before = {
            number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)
        }
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def __call__(self, _event: Event) -> None:
        self.has_begun = True

    def follow(self, running: Running, meanwhile: Callable[[], None] = lambda: None) -> RunFinished | None:
        """Wait for the end of the run. None when it was stopped and does not end within a second.

        `meanwhile` may ask a person something: a signal then stops the run and ends the question.
        """
        self._running = running
        if self._is_stopped:  # by a signal that came while the run was being started
            running.cancel()
        while (finished := running.wait(_TICK_S)) is None:
            if self._is_stopped:
                return running.wait(PATIENCE_S)
            self._ask(running, meanwhile)
        return finished

    def _ask(self, running: Running, meanwhile: Callable[[], None]) -> None:
        self._is_asking = True
        try:
            meanwhile()
        except KeyboardInterrupt:
            self._is_stopped = True
            running.cancel()
        finally:
            self._is_asking = False

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_stopped or not self.has_begun:
            raise KeyboardInterrupt
        self._is_stopped = True
        if self._running is not None:
            self._running.cancel()
        if self._is_asking:
            raise KeyboardInterrupt
