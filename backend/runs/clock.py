"""The machine's clock, as the engine asks for it."""

import time
from collections.abc import Callable

SLICE_S = 0.1


class SystemClock:
    """Real time. A wait looks ten times a second whether it was cancelled."""

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()

    def wait(self, seconds: float, is_cancelled: Callable[[], bool]) -> None:
        """Return after `seconds`, or soon after a cancel."""
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0 and not is_cancelled():
            time.sleep(min(rest, SLICE_S))
