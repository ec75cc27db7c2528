"""Runs that share a credential share what its service says about limits."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backend.runs.journal import Journal
from backend.runs.service import RunOptions, RunService
from drive.run import automation
from engine.events import Event, StepWaiting
from engine.model import Automation
from engine.ports import Credential, Settings
from servers.clock import NOW
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import credential

ME = Account()


@dataclass
class Held:
    """A clock that stands; a wait ends when the run is stopped. `waiting` is counted up by each wait."""

    waiting: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def now(self) -> float:
        return NOW

    def monotonic(self) -> float:
        return 0.0

    def wait(self, seconds: float, is_cancelled: Callable[[], bool]) -> None:
        self.waiting.release()
        stopped = threading.Event()
        while not (is_cancelled() or stopped.wait(0.01)):
            pass


@dataclass
class Saved:
    """The one credential there is."""

    def find(self, reference: str) -> Credential:
        return credential(ME)


@pytest.fixture
def clock() -> Held:
    return Held()


@pytest.fixture
def service(tmp_path: Path, x: XServer, clock: Held) -> Iterator[RunService]:
    x.limit, x.state.now = 1, lambda: NOW
    journal = Journal(tmp_path / "runs.db")
    yield RunService(lambda: journal, Saved(), settings=lambda: Settings(x_base_url=x.url), clock=clock)
    journal.close()


def posts(*texts: str) -> Automation:
    return automation(*({"type": "twitterCreateTweet", "credentialId": "c", "text": text} for text in texts))


def waits(seen: list[Event]) -> list[float]:
    return [event.fact.until for event in seen if isinstance(event.fact, StepWaiting)]


def test_two_runs_wait_for_the_same_moment_and_stop_at_once(
    x: XServer, service: RunService, clock: Held
) -> None:
    first, second = list[Event](), list[Event]()
    runs = [service.start(posts("one", "two"), RunOptions(sinks=(first.append,)))]
    assert clock.waiting.acquire(timeout=30)
    runs.append(service.start(posts("three"), RunOptions(sinks=(second.append,))))
    assert clock.waiting.acquire(timeout=30)
    for run in runs:
        run.cancel()
    outcomes = [run.wait(30) for run in runs]
    assert [outcome and outcome.outcome for outcome in outcomes] == ["cancelled", "cancelled"]
    assert waits(first) == waits(second) == [NOW + 901]
    assert [tweet.text for tweet in x.state.tweets.values()] == ["one"]


def test_a_run_that_may_not_wait_fails_with_the_time(x: XServer, service: RunService) -> None:
    finished = service.start(posts("one", "two"), RunOptions(max_wait_s=0)).wait(30)
    assert finished is not None
    assert finished.error is not None
    assert (finished.outcome, finished.error["code"]) == ("failed", "limit.too_long")
    assert "ends at 2026-09-21 14:28:21 UTC" in str(finished.error["message"])
    assert len(x.requests) == 1
