"""Whether a request may go on waiting: asked while it waits, so that Stop and deadline work in its middle."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.http.error import HttpError

SLICE_S = 0.1
"""How long one wait on a socket lasts before the watch is asked: the bound of how late Stop is noticed."""


@dataclass(slots=True)
class Watch:
    """One request with all its hops. `deadline_s` is on the scale of `monotonic`.

    `has_sent`: bytes of the request left this machine. `is_sent_on`: another machine's redirect asks for it.
    """

    deadline_s: float
    is_cancelled: Callable[[], bool]
    monotonic: Callable[[], float]
    has_sent: bool = False
    is_sent_on: bool = False

    def check(self) -> None:
        """Raise HttpError `http.cancelled` or `http.timeout` when the waiting is over."""
        if self.is_cancelled():
            raise HttpError("http.cancelled", "The request was stopped.")
        if self.monotonic() >= self.deadline_s:
            raise timed_out()


def timed_out() -> HttpError:
    """The error for a request that was not complete at its deadline."""
    return HttpError(
        "http.timeout",
        "The server did not finish its answer in time.",
        hint="Try again later, or give the step more seconds.",
        retryable=True,
    )
