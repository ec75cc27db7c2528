"""What the page asks of runs, those that go on and those that are over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

RunOutcome: TypeAlias = Literal["succeeded", "failed", "cancelled", "interrupted", "running"]


@dataclass(frozen=True)
class RunStart:
    """First values of variables by name; credentials (id or name) by step id."""

    automation_id: str
    variables: Mapping[str, object] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RunId:
    run_id: str


@dataclass(frozen=True)
class ActiveRun:
    """Started at Unix time in seconds."""

    run_id: str
    automation_id: str
    name: str
    started_at: float


@dataclass(frozen=True)
class RunEventsOf:
    """Only events whose `seq` is above `after`."""

    run_id: str
    after: int = -1


@dataclass(frozen=True)
class HistoryFilter:
    """`before` is a `started_at`: runs that began earlier. `limit` is 1 to 500."""

    automation_id: str | None = None
    outcome: RunOutcome | None = None
    before: float | None = None
    limit: int = 100


@dataclass(frozen=True)
class HistoryEntry:
    """Times are Unix time in seconds. `interrupted`: the program ended before the run did."""

    run_id: str
    automation_id: str
    name: str
    started_at: float
    finished_at: float | None
    outcome: RunOutcome
    error_code: str | None
