"""A clock that stands, for steps that are tried against the servers."""

from collections.abc import Callable

NOW = 1_790_000_000.0


class StillClock:
    """Stands at NOW; nobody waits by it."""

    def now(self) -> float:
        return NOW

    def monotonic(self) -> float:
        return 0.0

    def wait(self, seconds: float, is_cancelled: Callable[[], bool]) -> None:
        raise AssertionError("a step never waits by itself")
