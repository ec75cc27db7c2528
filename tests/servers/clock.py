"""Clocks for steps that are tried against the servers: one that stands, one that goes when waited for."""

from collections.abc import Callable
from dataclasses import dataclass, field

NOW = 1_790_000_000.0


class StillClock:
    """Stands at NOW; nobody waits by it."""

    def now(self) -> float:
        return NOW

    def monotonic(self) -> float:
        return 0.0

    def wait(self, seconds: float, is_cancelled: Callable[[], bool]) -> None:
        raise AssertionError("a step never waits by itself")


@dataclass(slots=True)
class WaitedClock:
    """Goes on only while somebody waits, and then at once; `waits` is how long each wait was."""

    at: float = NOW
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def monotonic(self) -> float:
        return self.at

    def wait(self, seconds: float, is_cancelled: Callable[[], bool]) -> None:
        self.waits.append(seconds)
        if not is_cancelled():
            self.at += seconds
