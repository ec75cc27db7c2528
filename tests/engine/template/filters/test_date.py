import pytest

from engine.template.filters.date import (
    add_time,
    date,
    day_of_week,
    difference,
    end_of,
    in_zone,
    parse_date,
    start_of,
    timestamp,
)
from engine.template.filters.error import FilterError

AT = "2026-03-01T05:07:09.045Z"


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("YYYY/MM/DD HH:mm:ss", "2026/03/01 05:07:09"),
        ("D.M.YY H:m:s.SSS", "1.3.26 5:7:9.045"),
        ("dddd ddd MMMM MMM", "Sunday Sun March Mar"),
        ("hh h A a", "05 5 AM am"),
        ("Z ZZ X", "+00:00 +0000 1772341629"),
        ("[at] HH [HH]", "at 05 HH"),
        ("%Y YYYY", "%Y 2026"),
    ],
)
def test_each_letter_of_a_pattern_is_written_once(pattern: str, shown: str) -> None:
    assert date(AT, pattern) == shown


def test_noon_and_midnight_are_12() -> None:
    assert [date(f"2026-01-01T{hour}:00", "h A") for hour in ("00", "12", "23")] == [
        "12 AM",
        "12 PM",
        "11 PM",
    ]


def test_a_zone_moves_the_time_that_is_written() -> None:
    assert date(AT, "YYYY-MM-DD HH:mm Z", "America/New_York") == "2026-03-01 00:07 -05:00"
    assert in_zone(0, "Asia/Kolkata") == "1970-01-01T05:30:00+05:30"


def test_a_date_is_read_by_its_pattern() -> None:
    assert parse_date("01.03.2026 14:30", "DD.MM.YYYY HH:mm", "Europe/Berlin") == "2026-03-01T14:30:00+01:00"
    assert parse_date("100% 2026", "100% YYYY") == "2026-01-01T00:00:00Z"
    for text, pattern in (
        ("x", "YYYY"),
        ("2026", "X"),
        ("Sunday", "dddd"),
        ("9" * 300, "YYYY"),
        ("1", "D D"),
    ):
        with pytest.raises(FilterError):
            parse_date(text, pattern)


@pytest.mark.parametrize(
    ("count", "unit", "moved"),
    [
        (1, "month", "2026-02-28T00:00:00Z"),
        (-1, "years", "2025-01-31T00:00:00Z"),
        (13, "months", "2027-02-28T00:00:00Z"),
        ("2", "weeks", "2026-02-14T00:00:00Z"),
        (1.5, "hours", "2026-01-31T01:30:00Z"),
        (250, "milliseconds", "2026-01-31T00:00:00.250Z"),
    ],
)
def test_time_is_added_by_the_calendar(count: object, unit: str, moved: str) -> None:
    assert add_time("2026-01-31", count, unit) == moved


def test_a_day_is_a_day_when_the_clocks_change_and_an_hour_an_hour() -> None:
    before = "2026-03-28T12:00"

    assert add_time(before, 1, "day", "Europe/Berlin") == "2026-03-29T12:00:00+02:00"
    assert add_time(before, 24, "hours", "Europe/Berlin") == "2026-03-29T13:00:00+02:00"


@pytest.mark.parametrize(
    ("value", "other", "unit", "result"),
    [
        ("2026-03-01", "2026-02-01", "days", 28),
        ("2026-03-01T12:00", "2026-03-01", "days", 0.5),
        ("2026-01-01", "2026-01-02", "hours", -24),
        ("2026-03-30", "2026-01-31", "months", 1),
        ("2026-01-31", "2026-03-30", "months", -1),
        ("2028-02-29", "2024-02-29", "years", 4),
        ("2028-02-28", "2024-02-29", "years", 3),
    ],
)
def test_a_difference_counts_from_the_other_to_the_value(
    value: str, other: str, unit: str, result: float
) -> None:
    assert difference(value, other, unit) == result


@pytest.mark.parametrize(
    ("unit", "start", "end"),
    [
        ("year", "2026-01-01T00:00:00Z", "2026-12-31T23:59:59.999Z"),
        ("month", "2026-03-01T00:00:00Z", "2026-03-31T23:59:59.999Z"),
        ("week", "2026-02-23T00:00:00Z", "2026-03-01T23:59:59.999Z"),
        ("day", "2026-03-01T00:00:00Z", "2026-03-01T23:59:59.999Z"),
        ("hour", "2026-03-01T05:00:00Z", "2026-03-01T05:59:59.999Z"),
        ("minute", "2026-03-01T05:07:00Z", "2026-03-01T05:07:59.999Z"),
        ("second", "2026-03-01T05:07:09Z", "2026-03-01T05:07:09.999Z"),
    ],
)
def test_a_unit_has_a_start_and_an_end(unit: str, start: str, end: str) -> None:
    assert (start_of(AT, unit), end_of(AT, unit)) == (start, end)


def test_the_day_of_the_week_is_that_of_the_zone() -> None:
    assert day_of_week(AT) == 0
    assert day_of_week(AT, "America/Los_Angeles") == 6


def test_a_timestamp_goes_there_and_back() -> None:
    assert timestamp(AT) == 1772341629.045
    assert timestamp(timestamp("2026-03-01")) == timestamp("2026-03-01")


@pytest.mark.parametrize("unit", ["fortnight", "", None, 3])
def test_a_unit_is_one_of_those_there_are(unit: object) -> None:
    for act in (add_time, difference):
        with pytest.raises(FilterError, match="units"):
            act(AT, 1, unit)


@pytest.mark.parametrize(
    ("count", "unit"), [(10**6, "years"), (1e300, "days"), (-(10**9), "weeks"), (1e18, "months")]
)
def test_a_date_that_no_calendar_has_is_refused(count: float, unit: str) -> None:
    with pytest.raises(FilterError, match="years 1 to 9999"):
        add_time(AT, count, unit)
    with pytest.raises(FilterError, match="years 1 to 9999"):
        end_of("9999-12-31", "year")


@pytest.mark.parametrize(
    ("at", "end"),
    [
        ("2026-10-25T00:30:00Z", "2026-10-25T02:59:59.999+02:00"),
        ("2026-10-25T01:30:00Z", "2026-10-25T02:59:59.999+01:00"),
        ("2026-03-29T00:30:00Z", "2026-03-29T01:59:59.999+01:00"),
    ],
)
def test_an_hour_ends_after_it_began_on_nights_when_the_clocks_change(at: str, end: str) -> None:
    assert end_of(at, "hour", "Europe/Berlin") == end
