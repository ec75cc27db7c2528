"""A schedule in words."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.schedule.trigger import Cron, Interval, Once, ProgramStart, Trigger
from backend.schedule.words import local, when

from .conftest import START, Make


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        (Interval(1, START), "every minute"),
        (Interval(15, START), "every 15 minutes"),
        (Interval(60, START), "every hour"),
        (Interval(90, START), "every 90 minutes"),
        (Interval(48 * 60, START), "every 2 days"),
        (Cron("30 2 * * *", "Europe/Berlin"), "30 2 * * * (Europe/Berlin)"),
        (Once(START), "once, at 2026-01-01 00:00 UTC"),
        (ProgramStart(), "when Loopi starts"),
    ],
)
def test_when_a_schedule_fires_is_said(make: Make, trigger: Trigger, words: str) -> None:
    assert when(make(trigger=trigger)) == words


def test_the_two_nights_hours_of_the_same_name_are_told_apart(make: Make) -> None:
    schedule = make(trigger=Cron("30 * * * *", "Europe/Berlin"))
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert local(schedule.trigger, first) == "2026-10-25 02:30 CEST"
    assert local(schedule.trigger, first + timedelta(hours=1)) == "2026-10-25 02:30 CET"
