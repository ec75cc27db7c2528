"""Points in time: read from ISO 8601 or Unix time, moved to a time zone, written as ISO 8601."""

import re
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from engine.template.filters.error import FilterError
from engine.template.operators import text

# What is larger is milliseconds, as JavaScript counts: as seconds it would lie 3,000 years ahead.
_MILLISECONDS = 100_000_000_000
_ZONE = re.compile(r"[A-Za-z0-9_+-]{1,40}(/[A-Za-z0-9_+-]{1,40}){0,2}")


def moment(value: object, zone: object = None) -> datetime:
    """The point in time that a value stands for, in a zone or else as it is written. Raises FilterError.

    A text without an offset is taken as the zone's own time, or as UTC when none is given.
    """
    try:
        found = _read(value)
    except (ValueError, OverflowError, OSError):
        raise FilterError("takes a date: ISO 8601 (2026-03-01T10:00:00Z) or Unix seconds.") from None
    place = None if zone is None or zone == "" else named_zone(zone)
    if found.tzinfo is None:
        return found.replace(tzinfo=place or UTC)
    try:
        return found.astimezone(place) if place else found
    except (ValueError, OverflowError):
        raise out_of_range() from None


def _read(value: object) -> datetime:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000 if abs(value) > _MILLISECONDS else value, UTC)
    return datetime.fromisoformat(text(value).strip()[:100])


def named_zone(zone: object) -> tzinfo:
    """A time zone by its IANA name. Raises FilterError."""
    name = text(zone)
    if name.upper() in {"UTC", "Z"}:
        return UTC
    if _ZONE.fullmatch(name):
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            pass
    raise FilterError("takes a time zone by its name, as in Europe/London.")


def written(found: datetime) -> str:
    """As ISO 8601, with Z for UTC and parts of a second only where there are some."""
    parts = "milliseconds" if found.microsecond else "seconds"
    return found.isoformat(timespec=parts).replace("+00:00", "Z")


def out_of_range() -> FilterError:
    """The error for what lies before the year 1 or after 9999."""
    return FilterError("takes dates, and makes one, of the years 1 to 9999.")
