"""Where a run waits before a step, until somebody says how it goes on. Knows no terminal and no page."""

import threading
import time
from collections.abc import Callable, Collection
from typing import Literal, TypeAlias

from engine.events import Fact, RunContinued, RunPaused
from engine.model import CALLED

Mode: TypeAlias = Literal["continue", "step"]
_TICK_S = 0.05


class Breakpoints:
    """Of one run; `step_ids` are steps of its own automation. Rounds side by side wait in turn.

    `monotonic` gives seconds that only grow.
    """

    def __init__(
        self, step_ids: Collection[str] = (), monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._ids = frozenset(step_ids)
        self._is_stepping = False
        self._turn = threading.Lock()
        self._answered = threading.Event()
        self._mode: Mode = "continue"
        self._is_paused = False
        self._monotonic = monotonic
        # One value, so that another thread never reads a half of it: seconds, and since when there are more.
        self._pauses: tuple[float, float | None] = (0.0, None)

    @property
    def paused_s(self) -> float:
        """How long the run has waited here so far, the wait that goes on included."""
        before, since = self._pauses
        return before if since is None else before + self._monotonic() - since

    def pause(
        self, path: str, step_id: str, record: Callable[[str, Fact], None], is_over: Callable[[], bool]
    ) -> None:
        """Return when the run may go on, which is at once where it does not wait, or when it is over."""
        if not self._waits_at(path, step_id):
            return
        with self._turn:
            if is_over():
                return
            self._answered.clear()
            self._is_paused = True
            self._pauses = (self.paused_s, self._monotonic())
            record(path, RunPaused(step_id))
            while not self._answered.wait(_TICK_S) and not is_over():
                pass
            self._pauses = (self.paused_s, None)
            self._is_paused = False
            if not is_over():
                record(path, RunContinued(self._mode))

    def go_on(self, mode: Mode) -> bool:
        """Let the run go on: to the next breakpoint, or to the next step. False when it does not wait."""
        if not self._is_paused or self._answered.is_set():
            return False
        self._mode, self._is_stepping = mode, mode == "step"
        self._answered.set()
        return True

    def _waits_at(self, path: str, step_id: str) -> bool:
        return self._is_stepping or (step_id in self._ids and CALLED not in path)
