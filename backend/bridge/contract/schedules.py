"""What the page asks of schedules: when automations run by themselves, and how that stands."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

TriggerKind: TypeAlias = Literal["interval", "cron", "once", "programStart"]
ScheduleState: TypeAlias = Literal["on", "off", "running", "waitingForUnlock", "over"]
MissedPolicy: TypeAlias = Literal["skip", "runOnce", "runAll"]
Overlap: TypeAlias = Literal["skip", "queue", "parallel"]


@dataclass(frozen=True)
class ScheduleTrigger:
    """`minutes` belong to `interval`, `expression` to `cron`, `at` to `once`: a time as clocks show it.

    They are those of `zone`; without it, this computer's.
    """

    kind: TriggerKind
    minutes: int | None = None
    expression: str | None = None
    at: str | None = None
    zone: str | None = None


@dataclass(frozen=True)
class ScheduleOptions:
    """`limit` is how many `runAll` runs. Without `grace_minutes`: 12 hours, or one for what posts."""

    missed: MissedPolicy = "runOnce"
    limit: int = 10
    grace_minutes: int | None = None
    overlap: Overlap = "skip"
    notifies: bool = False


@dataclass(frozen=True)
class ScheduleCreate:
    automation_id: str
    trigger: ScheduleTrigger
    options: ScheduleOptions


@dataclass(frozen=True)
class ScheduleUpdate:
    id: str
    trigger: ScheduleTrigger
    options: ScheduleOptions


@dataclass(frozen=True)
class ScheduleId:
    id: str


@dataclass(frozen=True)
class ScheduleTime:
    """`at` is Unix time in seconds; `words` as clocks show it in the zone of the schedule."""

    at: float
    words: str


@dataclass(frozen=True)
class ScheduleTimes:
    """The next times: none for what runs whenever the program starts."""

    next: tuple[ScheduleTime, ...]


@dataclass(frozen=True)
class ScheduleEntry:
    """`when` says it in words. `automation_name` is missing when the automation is gone.

    `over`: its time has passed. `waitingForUnlock`: a run begins when the vault is unlocked.
    """

    id: str
    automation_id: str
    trigger: ScheduleTrigger
    options: ScheduleOptions
    state: ScheduleState
    when: str
    next: tuple[ScheduleTime, ...]
    automation_name: str | None = None


@dataclass(frozen=True)
class ScheduleZones:
    """All names of the IANA list, and this computer's own."""

    own: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class ScheduleWaiting:
    """How many runs begin when the vault is unlocked."""

    runs: int
