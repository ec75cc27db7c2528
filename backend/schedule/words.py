"""A schedule and its times in words, in the time zone of the schedule."""

from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from backend.schedule.schedule import Schedule
from backend.schedule.trigger import Cron, Interval, Once, ProgramStart, Trigger


def when(schedule: Schedule) -> str:
    """Like `every 15 minutes`, `30 7 * * 1-5 (Europe/Berlin)`, `once, at …`, `when Loopi starts`."""
    match schedule.trigger:
        case Interval(minutes):
            return _every(minutes)
        case Cron(expression, zone):
            return f"{expression} ({zone})"
        case Once(at):
            return f"once, at {at:%Y-%m-%d %H:%M} UTC"
        case ProgramStart():
            return "when Loopi starts"
    assert_never(schedule.trigger)


def local(trigger: Trigger, at: datetime) -> str:
    """A time as clocks show it where the trigger counts, else here: `2026-10-25 02:30 CEST`."""
    zone = ZoneInfo(trigger.zone) if isinstance(trigger, Cron) else None
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def _every(minutes: int) -> str:
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        count, rest = divmod(minutes, size)
        if not rest:
            return f"every {unit}" if count == 1 else f"every {count} {unit}s"
    raise AssertionError("a number of minutes is one of minutes")
