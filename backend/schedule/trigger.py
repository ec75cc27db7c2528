"""When a schedule fires: interval, cron, once, or with the program. Pure: time comes in as an argument.

Times are aware datetimes; what fires is told in UTC. A cron expression is read as Debian's cron reads it, in
its own time zone: a fixed time that the clock shows twice fires once, one that is skipped fires right after.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias, assert_never
from zoneinfo import ZoneInfo

from backend.schedule.errors import ScheduleError, invalid

_FIELDS = 5
_LAST_YEAR = 9000
MAX_INTERVAL_MINUTES = 366 * 24 * 60


@dataclass(frozen=True, slots=True)
class Interval:
    """Every so many minutes of real time, counted from `anchor`."""

    minutes: int
    anchor: datetime


@dataclass(frozen=True, slots=True)
class Cron:
    """Five fields, in a time zone with an IANA name."""

    expression: str
    zone: str


@dataclass(frozen=True, slots=True)
class Once:
    at: datetime


@dataclass(frozen=True, slots=True)
class ProgramStart:
    """When the program that runs schedules starts; it has no times of its own."""


Trigger: TypeAlias = Interval | Cron | Once | ProgramStart


def fires(trigger: Trigger, after: datetime) -> Iterator[datetime]:
    """The times in UTC after `after` (exclusive), in order, without end where the trigger has none."""
    match trigger:
        case Interval():
            return _interval(trigger, after)
        case Cron():
            return _cron(trigger, after)
        case Once():
            return iter((trigger.at,) if trigger.at > after else ())
        case ProgramStart():
            return iter(())
    assert_never(trigger)


def interval(minutes: int, *, anchor: datetime) -> Interval:
    """Counts from the full minute of `anchor`. Raises ScheduleError `schedule.invalid`."""
    if not 1 <= minutes <= MAX_INTERVAL_MINUTES:
        raise invalid(
            f"An interval has 1 to {MAX_INTERVAL_MINUTES:,} minutes, and this one has {minutes:,}.",
            "For a fixed time of the day, use a cron expression.",
        )
    return Interval(minutes, anchor.astimezone(UTC).replace(second=0, microsecond=0))


def cron(expression: str, zone: str) -> Cron:
    """Raises ScheduleError `schedule.invalid`, also when no time ever fits."""
    if len(expression.split()) != _FIELDS:
        raise _no_cron(expression, f"it has {len(expression.split())} fields")
    made = Cron(" ".join(expression.split()), zone_named(zone).key)
    if next(fires(made, datetime.now(UTC)), None) is None:
        raise invalid(
            f"No day fits the cron expression {made.expression!r}.",
            "The 21st, for example, is never the last Monday of a month.",
        )
    return made


def once(at: datetime, *, now: datetime) -> Once:
    """Raises ScheduleError `schedule.invalid` for a time that has passed: it would never fire."""
    if at.year > _LAST_YEAR:  # no zone could show it
        raise invalid(f"The year {at.year} is too far ahead.", f"Name a time before {_LAST_YEAR}.")
    if at <= now:
        raise invalid(f"{at:%Y-%m-%d %H:%M %Z} has passed.", "Name a time that is still to come.")
    return Once(at.astimezone(UTC))


def local_time(written: str, zone: str) -> datetime:
    """An ISO 8601 time; one without an offset is meant in `zone`. Raises ScheduleError `schedule.invalid`."""
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        raise invalid(
            f"{written[:64]!r} is no date and time.", "Write it as 2026-12-24 18:00, or with a T between."
        ) from None
    return found.replace(tzinfo=zone_named(zone)) if found.tzinfo is None else found


def zone_named(name: str) -> ZoneInfo:
    """Raises ScheduleError `schedule.invalid`."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise invalid(
            f"There is no time zone {name[:64]!r}.", "Use a name of the IANA list, such as Europe/Berlin."
        ) from None


def to_json(trigger: Trigger) -> dict[str, object]:
    """`{"kind": …}` with the trigger's own fields, as it is kept."""
    match trigger:
        case Interval():
            return {"kind": "interval", "minutes": trigger.minutes, "anchor": trigger.anchor.isoformat()}
        case Cron():
            return {"kind": "cron", "expression": trigger.expression, "zone": trigger.zone}
        case Once():
            return {"kind": "once", "at": trigger.at.isoformat()}
        case ProgramStart():
            return {"kind": "programStart"}
    assert_never(trigger)


def from_json(kept: Mapping[str, object]) -> Trigger:
    """What `to_json` made. Raises ScheduleError, LookupError or ValueError for anything else."""
    match kept["kind"]:
        case "interval":
            return Interval(int(str(kept["minutes"])), datetime.fromisoformat(str(kept["anchor"])))
        case "cron":
            return Cron(str(kept["expression"]), zone_named(str(kept["zone"])).key)
        case "once":
            return Once(datetime.fromisoformat(str(kept["at"])))
        case "programStart":
            return ProgramStart()
        case other:
            raise ValueError(f"{other!r} is no kind of trigger.")


def _interval(trigger: Interval, after: datetime) -> Iterator[datetime]:
    step = timedelta(minutes=trigger.minutes)
    number = max((after - trigger.anchor) // step + 1, 1)
    while True:
        yield trigger.anchor + number * step
        number += 1


def _cron(trigger: Cron, after: datetime) -> Iterator[datetime]:
    from cronsim import CronSim, CronSimError

    start = after.astimezone(ZoneInfo(trigger.zone))
    try:
        found = CronSim(trigger.expression, start)
    except CronSimError as error:
        raise _no_cron(trigger.expression, str(error).lower()) from None
    # Where the clock shows an hour twice, it counts from the first of them.
    return (at for at in (each.astimezone(UTC) for each in found) if at > after)


def _no_cron(expression: str, why: str) -> ScheduleError:
    return invalid(
        f"{expression[:64]!r} is no cron expression: {why}.",
        "It has five fields: minute, hour, day of the month, month, day of the week. "
        "30 2 * * * is 02:30 every day.",
    )
