"""Looks, while runs go on, whether another process has asked one of them to stop."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from engine.errors import LoopiError

INTERVAL_S = 0.4


class Stoppable(Protocol):
    def cancel(self) -> None: ...


class StopWatch:
    """One thread for all runs of a process; it ends when none goes on. `asked` gives the ids to stop."""

    def __init__(self, asked: Callable[[], Iterable[str]], active: Mapping[str, Stoppable]) -> None:
        self._asked = asked
        self._active = active
        self._lock = threading.Lock()
        self._is_watching = False

    def begin(self) -> None:
        """A run has begun."""
        with self._lock:
            if not self._is_watching:
                self._is_watching = True
                threading.Thread(target=self._watch, name="stop-watch", daemon=True).start()

    def _watch(self) -> None:
        while self._has_more():
            time.sleep(INTERVAL_S)
            self._look()

    def _has_more(self) -> bool:
        with self._lock:
            self._is_watching = bool(self._active)
            return self._is_watching

    def _look(self) -> None:
        try:
            wanted = list(self._asked())
        except LoopiError:
            # The run itself tells of a history that cannot be used.
            return
        for run_id in wanted:
            run = self._active.get(run_id)
            if run is not None:
                run.cancel()
