"""Where a run waits before a step, until somebody says how it goes on. Knows no terminal and no page."""

import threading
from collections.abc import Callable, Collection
from typing import Literal, TypeAlias

from engine.events import Fact, RunContinued, RunPaused
from engine.model import CALLED

Mode: TypeAlias = Literal["continue", "step"]
_TICK_S = 0.05


class Breakpoints:
    """Of one run; `step_ids` are steps of its own automation. Rounds side by side wait in turn."""

    def __init__(self, step_ids: Collection[str] = ()) -> None:
        self._ids = frozenset(step_ids)
        self._is_stepping = False
        self._turn = threading.Lock()
        self._answered = threading.Event()
        self._mode: Mode = "continue"
        self._is_paused = False

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
            record(path, RunPaused(step_id))
            while not self._answered.wait(_TICK_S) and not is_over():
                pass
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
