"""How much more a service takes: learned from its answers, shared by all runs of a process.

Knows no service: it is told when each takes a kind of request again. What is said of time is in UTC.
"""

import math
import threading
from dataclasses import dataclass
from datetime import UTC, datetime

_UNITS = ((3600, "hour"), (60, "minute"))


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that is used up until a Unix time; `name` is what a person may call it."""

    until: float
    name: str

    def refusal(self, seconds: float, allowed_s: float) -> str:
        """Why it is not waited for: it lasts so many seconds, and fewer are allowed."""
        allowed = f"may wait {in_words(allowed_s)} at most" if allowed_s else "may not wait"
        until = f"{datetime.fromtimestamp(self.until, UTC):%Y-%m-%d %H:%M:%S} UTC"
        return f"The {self.name} ends at {until}, in {in_words(seconds)}, and this step {allowed}."


LONGER = (
    "Run it again then, or allow a longer wait: maxWaitSeconds in the step's retry, loopi run --max-wait, "
    "or maxLimitWaitSeconds in the settings."
)


class RateLimits:
    """What is used up, by credential and kind of request. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._used_up: dict[tuple[str, str], Limit] = {}

    def learn(self, credential_id: str, kind: str, limit: Limit) -> None:
        """Keep what a service said, unless a later end is known."""
        with self._lock:
            known = self._used_up.get((credential_id, kind))
            if known is None or known.until < limit.until:
                self._used_up[credential_id, kind] = limit

    def find(self, credential_id: str, kind: str, now: float) -> Limit | None:
        """The limit that is used up at this time, or None."""
        with self._lock:
            known = self._used_up.get((credential_id, kind))
            if known is not None and known.until <= now:
                del self._used_up[credential_id, kind]
                return None
            return known


def in_words(seconds: float) -> str:
    """A length of time for a person, rounded up: `40 seconds`, `15 minutes`, `3 hours`."""
    size, name = next((unit for unit in _UNITS if seconds >= 2 * unit[0]), (1, "second"))
    count = max(math.ceil(seconds / size), 0)
    return f"{count} {name}" + ("" if count == 1 else "s")
