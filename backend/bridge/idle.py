"""How long nobody has used the page. Knows no vault."""

import threading
import time
from collections.abc import Callable


class Idle:
    """Thread-safe. Of two clocks the one that says more counts.

    One of them stops while a machine sleeps, and the other can be set back.
    """

    def __init__(
        self, monotonic: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self._lock = threading.Lock()
        self.touch()

    def touch(self) -> None:
        """Somebody uses it now."""
        with self._lock:
            self._since = (self._monotonic(), self._wall())

    def seconds(self) -> float:
        """The time since the last touch."""
        with self._lock:
            monotonic, wall = self._since
        return max(self._monotonic() - monotonic, self._wall() - wall)
