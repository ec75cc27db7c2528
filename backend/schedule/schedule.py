"""A schedule: which automation runs when, and what holds when it cannot. Frozen, and kept as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, cast, get_args

from backend.schedule import trigger as triggers
from backend.schedule.due import CatchUp, MissedPolicy
from backend.schedule.errors import invalid
from backend.schedule.trigger import Once, Trigger

Overlap: TypeAlias = Literal["skip", "queue", "parallel"]
GRACE_READING = timedelta(hours=12)
GRACE_POSTING = timedelta(hours=1)
MAX_CAUGHT_UP = 100
MAX_GRACE_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Options:
    """What a schedule does when its time went by (`missed`), and when its last run still goes on (`overlap`).

    `limit` is how many missed ones `runAll` runs. `grace_minutes`: what is older is never run; None is 12
    hours, and one hour for an automation that posts. `notifies`: a desktop notification when a run fails.
    """

    missed: MissedPolicy = "runOnce"
    limit: int = 10
    grace_minutes: int | None = None
    overlap: Overlap = "skip"
    notifies: bool = False

    def catch_up(self, *, posts: bool) -> CatchUp:
        """The rule for an automation that posts, or does not."""
        usual = GRACE_POSTING if posts else GRACE_READING
        grace = usual if self.grace_minutes is None else timedelta(minutes=self.grace_minutes)
        return CatchUp(self.missed, self.limit, grace)


@dataclass(frozen=True, slots=True)
class Schedule:
    """`since`: nothing before it is due. It moves on when something was due, and starts anew when enabled."""

    id: str
    automation_id: str
    trigger: Trigger
    options: Options
    is_enabled: bool
    since: datetime

    def run_id(self, tick: datetime) -> str:
        """The id of the run of one tick: the same in every process, so that a tick runs once."""
        return f"{self.id}-{int(tick.timestamp())}"

    def to_json(self) -> dict[str, object]:
        """`{"id", "automationId", "trigger", "missed", …}`, without `since`, which moves."""
        options = self.options
        return {
            "id": self.id,
            "automationId": self.automation_id,
            "trigger": triggers.to_json(self.trigger),
            "missed": options.missed,
            "limit": options.limit,
            "graceMinutes": options.grace_minutes,
            "overlap": options.overlap,
            "notifies": options.notifies,
            "enabled": self.is_enabled,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, object], *, since: datetime) -> "Schedule":
        """What `to_json` made. Raises ScheduleError, LookupError, TypeError, ValueError for what is none."""
        grace = kept["graceMinutes"]
        options = Options(
            cast("MissedPolicy", kept["missed"]),
            int(str(kept["limit"])),
            None if grace is None else int(str(grace)),
            cast("Overlap", kept["overlap"]),
            notifies=kept["notifies"] is True,
        )
        return cls(
            str(kept["id"]),
            str(kept["automationId"]),
            triggers.from_json(cast("Mapping[str, object]", kept["trigger"])),
            checked(options),
            is_enabled=kept["enabled"] is True,
            since=since,
        )


def switched(schedule: Schedule, *, is_enabled: bool, now: datetime) -> Schedule:
    """The schedule turned on or off as of now. Raises ScheduleError for a *once* that has passed."""
    if is_enabled and isinstance(schedule.trigger, Once):
        triggers.once(schedule.trigger.at, now=now)
    return replace(schedule, is_enabled=is_enabled, since=now)


def checked(options: Options) -> Options:
    """The options themselves. Raises ScheduleError `schedule.invalid`."""
    if options.missed not in get_args(MissedPolicy):
        raise _not_one_of("What is missed", options.missed, get_args(MissedPolicy))
    if options.overlap not in get_args(Overlap):
        raise _not_one_of("What overlaps", options.overlap, get_args(Overlap))
    if not 1 <= options.limit <= MAX_CAUGHT_UP:
        raise invalid(f"runAll runs 1 to {MAX_CAUGHT_UP} missed ones.", "Give such a number as the limit.")
    if options.grace_minutes is not None and not 1 <= options.grace_minutes <= MAX_GRACE_MINUTES:
        raise invalid("The grace is 1 minute to 7 days.", "Give it in minutes, for example 720.")
    return options


def _not_one_of(what: str, given: str, known: tuple[str, ...]) -> Exception:
    return invalid(f"{what} cannot be {str(given)[:32]!r}.", f"Choose one of: {', '.join(known)}.")
