from datetime import UTC, datetime

import pytest

from engine.template.filters.error import FilterError
from engine.template.filters.moment import moment, named_zone, written


@pytest.mark.parametrize(
    "value", ["yesterday", "", 1e300, float("nan"), float("inf"), True, None, [], 10**40]
)
def test_what_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(FilterError, match="takes a date"):
        moment(value)


def test_unix_time_counts_seconds_or_milliseconds() -> None:
    assert (
        moment(1_700_000_000) == moment(1_700_000_000_000) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    )


def test_a_time_without_an_offset_is_the_zones_or_utc() -> None:
    assert written(moment("2026-07-01T12:00")) == "2026-07-01T12:00:00Z"
    assert written(moment("2026-07-01T12:00", "Europe/Paris")) == "2026-07-01T12:00:00+02:00"
    assert written(moment("2026-07-01T12:00Z", "Europe/Paris")) == "2026-07-01T14:00:00+02:00"


@pytest.mark.parametrize(
    "name",
    ["Mars/Base", "", "../../etc/passwd", "/etc/passwd", "Europe", "a" * 500, "Europe/Paris\0", 7, None],
)
def test_a_zone_is_one_of_the_iana_names_and_never_a_file(name: object) -> None:
    with pytest.raises(FilterError, match="time zone"):
        named_zone(name)


def test_the_ends_of_time_are_refused_in_words() -> None:
    with pytest.raises(FilterError, match="years 1 to 9999"):
        moment("9999-12-31T23:59:59Z", "Asia/Tokyo")
