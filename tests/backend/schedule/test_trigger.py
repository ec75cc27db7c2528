"""When a schedule fires."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.schedule.errors import ScheduleError
from backend.schedule.trigger import (
    Cron,
    Once,
    ProgramStart,
    Trigger,
    cron,
    fires,
    from_json,
    interval,
    local_time,
    once,
    to_json,
)

BERLIN = "Europe/Berlin"
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def first(trigger: Trigger, after: str, count: int) -> list[str]:
    return [f"{fire:%Y-%m-%d %H:%M}" for fire in islice(fires(trigger, at(after)), count)]


def test_a_daily_time_that_the_autumn_night_shows_twice_fires_once() -> None:
    assert first(cron("30 2 * * *", BERLIN), "2026-10-24 12:00", 3) == [
        "2026-10-25 00:30",
        "2026-10-26 01:30",
        "2026-10-27 01:30",
    ]


def test_a_daily_time_that_the_spring_night_skips_fires_right_after() -> None:
    assert first(cron("30 2 * * *", BERLIN), "2026-03-28 12:00", 2) == [
        "2026-03-29 01:00",
        "2026-03-30 00:30",
    ]


@pytest.mark.parametrize("night", ["2026-10-24 23:00", "2026-03-28 23:00"])
def test_every_hour_stays_every_hour_in_the_nights_that_change_the_clock(night: str) -> None:
    found = list(islice(fires(cron("0 * * * *", BERLIN), at(night)), 6))
    assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(hours=1)}


def test_the_time_zone_is_the_schedules_own() -> None:
    assert first(cron("0 9 * * *", "Asia/Tokyo"), "2026-01-01 12:00", 1) == ["2026-01-02 00:00"]
    assert first(cron("0 9 * * *", "UTC"), "2026-01-01 12:00", 1) == ["2026-01-02 09:00"]


def test_an_interval_counts_from_its_anchor() -> None:
    trigger = interval(45, anchor=at("2026-01-01 10:00"))
    assert first(trigger, "2026-01-01 09:00", 2) == ["2026-01-01 10:45", "2026-01-01 11:30"]
    assert first(trigger, "2026-01-01 11:30", 1) == ["2026-01-01 12:15"]


def test_a_time_that_has_passed_is_refused_and_never_fires() -> None:
    with pytest.raises(ScheduleError, match="has passed"):
        once(at("2026-01-01 10:00"), now=at("2026-01-01 10:00"))
    assert list(fires(Once(at("2026-01-01 10:00")), at("2026-01-01 10:00"))) == []
    assert list(fires(Once(at("2026-01-01 10:00")), at("2026-01-01 09:59"))) == [at("2026-01-01 10:00")]


def test_the_start_of_the_program_has_no_times() -> None:
    assert list(fires(ProgramStart(), at("2026-01-01 10:00"))) == []


@given(moments, st.integers(1, 10_000), moments)
def test_what_fires_comes_after_and_in_order(anchor: datetime, minutes: int, after: datetime) -> None:
    found = list(islice(fires(interval(minutes, anchor=anchor), after), 5))
    assert found[0] > after
    assert found[0] - timedelta(minutes=minutes) <= max(after, anchor)
    assert found[0].second == 0
    assert found == sorted(set(found))


@pytest.mark.parametrize(
    ("expression", "zone", "said"),
    [
        ("61 * * * *", "UTC", "no cron expression"),
        ("* * *", "UTC", "no cron expression"),
        ("", "UTC", "no cron expression"),
        ("0 0 31 2 *", "UTC", "no cron expression"),
        ("0 0 */20 * 1L", "UTC", "No day fits"),
        ("0 0 * * *", "Mars/Olympus", "no time zone"),
        ("0 0 * * *", "../../etc/passwd", "no time zone"),
        ("0 0 * * *", "", "no time zone"),
    ],
)
def test_what_is_no_time_is_refused_with_what_is(expression: str, zone: str, said: str) -> None:
    with pytest.raises(ScheduleError, match=said) as refused:
        cron(expression, zone)
    assert refused.value.hint


@pytest.mark.parametrize("minutes", [0, -1, 10**9])
def test_an_interval_has_bounds(minutes: int) -> None:
    with pytest.raises(ScheduleError, match="minutes"):
        interval(minutes, anchor=at("2026-01-01 10:00"))


def test_a_time_without_offset_is_meant_in_the_time_zone() -> None:
    assert local_time("2026-07-01 18:00", BERLIN) == at("2026-07-01 16:00")
    assert local_time("2026-07-01T18:00+00:00", BERLIN) == at("2026-07-01 18:00")
    with pytest.raises(ScheduleError, match="no date and time"):
        local_time("tomorrow", BERLIN)


@pytest.mark.parametrize(
    "trigger",
    [
        interval(5, anchor=at("2026-01-01 10:00")),
        cron("0  9 * *  1-5", BERLIN),
        Once(at("2026-01-01 10:00")),
        ProgramStart(),
    ],
)
def test_a_trigger_comes_back_from_json_as_it_was(trigger: Trigger) -> None:
    assert from_json(to_json(trigger)) == trigger


@pytest.mark.parametrize("expression", ["30 2 * * *", "0,30 2 * * *"])
def test_in_the_hour_that_comes_twice_no_time_is_past(expression: str) -> None:
    after = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 for the second time
    found = list(islice(fires(Cron(expression, "Europe/Berlin"), after), 5))
    assert all(at > after for at in found)
    assert found == sorted(found)


@pytest.mark.parametrize("expression", ["* * * * * *", "0 5 * *", ""])
def test_a_cron_expression_has_five_fields(expression: str) -> None:
    with pytest.raises(ScheduleError) as refused:
        cron(expression, "UTC")
    assert "five fields" in refused.value.hint


def test_a_year_that_no_zone_could_show_is_refused() -> None:
    with pytest.raises(ScheduleError, match="9999"):
        once(datetime(9999, 12, 31, 23, 59, tzinfo=UTC), now=datetime(2026, 1, 1, tzinfo=UTC))
