"""Filters for dates and times: written by a pattern, read by one, moved, compared."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from engine.template.filters.error import FilterError
from engine.template.filters.moment import moment, out_of_range, written
from engine.template.filters.whole import amount
from engine.template.operators import text

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
MONTHS = (*_MONTHS, "October", "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOKEN = re.compile(r"\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|m|ss|s|SSS|A|a|ZZ|Z|X")
_WRITE: Mapping[str, Callable[[datetime], str]] = {
    "YYYY": lambda at: f"{at.year:04}",
    "YY": lambda at: f"{at.year % 100:02}",
    "MMMM": lambda at: MONTHS[at.month - 1],
    "MMM": lambda at: MONTHS[at.month - 1][:3],
    "MM": lambda at: f"{at.month:02}",
    "M": lambda at: str(at.month),
    "DD": lambda at: f"{at.day:02}",
    "D": lambda at: str(at.day),
    "dddd": lambda at: DAYS[at.weekday()],
    "ddd": lambda at: DAYS[at.weekday()][:3],
    "HH": lambda at: f"{at.hour:02}",
    "H": lambda at: str(at.hour),
    "hh": lambda at: f"{at.hour % 12 or 12:02}",
    "h": lambda at: str(at.hour % 12 or 12),
    "mm": lambda at: f"{at.minute:02}",
    "m": lambda at: str(at.minute),
    "ss": lambda at: f"{at.second:02}",
    "s": lambda at: str(at.second),
    "SSS": lambda at: f"{at.microsecond // 1000:03}",
    "A": lambda at: "AM" if at.hour < 12 else "PM",
    "a": lambda at: "am" if at.hour < 12 else "pm",
    "ZZ": lambda at: at.strftime("%z"),
    "Z": lambda at: at.isoformat()[-6:] if at.utcoffset() else "+00:00",
    "X": lambda at: str(int(at.timestamp())),
}
_READ = {"YYYY": "%Y", "YY": "%y", "MM": "%m", "M": "%m", "DD": "%d", "D": "%d", "HH": "%H", "H": "%H"}
_READ |= {"hh": "%I", "h": "%I", "mm": "%M", "m": "%M", "ss": "%S", "s": "%S", "SSS": "%f", "A": "%p"}
_READ |= {"a": "%p", "ZZ": "%z", "Z": "%z", "MMM": "%b", "MMMM": "%B"}
_SECONDS = {"millisecond": 0.001, "second": 1, "minute": 60, "hour": 3_600}
_DAYS = {"day": 1, "week": 7}
_UNITS = (*_SECONDS, *_DAYS, "month", "year")


def date(value: object, pattern: object = "YYYY-MM-DD", zone: object = None) -> str:
    """`{{ "2026-07-01T10:00:00Z" | date("DD.MM.YYYY HH:mm", "Europe/Paris") }}` gives `01.07.2026 12:00`.

    Takes ISO 8601, or Unix time (then UTC). Letters: YYYY YY, MMMM MMM MM M, DD D, dddd ddd, HH H hh h, mm m,
    ss s SSS, A a, Z ZZ (offset), X (Unix seconds); text in [brackets] stays.
    """
    at = moment(value, zone)
    return _TOKEN.sub(lambda token: _WRITE[token[0]](at) if token[1] is None else token[1], _short(pattern))


def parse_date(value: object, pattern: object, zone: object = None) -> str:
    """`{{ "01.03.2026" | parseDate("DD.MM.YYYY") }}` gives `2026-03-01T00:00:00Z`; letters as in date."""
    layout = _layout(_short(pattern))
    try:
        found = datetime.strptime(text(value).strip()[:200], layout)  # noqa: DTZ007  # the zone comes next
    # A pattern that names a part twice is an error of the regular expression that Python makes of it.
    except (ValueError, re.error):
        raise FilterError("takes a text that looks as its pattern says.") from None
    return written(moment(found.isoformat(), zone))


def _layout(pattern: str) -> str:
    parts: list[str] = []
    end = 0
    for token in _TOKEN.finditer(pattern):
        parts.append(pattern[end : token.start()].replace("%", "%%"))
        own = _READ.get(token[0]) if token[1] is None else token[1].replace("%", "%%")
        if own is None:
            raise FilterError(f"cannot read {token[0]}.")
        parts.append(own)
        end = token.end()
    return "".join([*parts, pattern[end:].replace("%", "%%")])


def _short(pattern: object) -> str:
    return text(pattern)[:200]


def timestamp(value: object, zone: object = None) -> int | float:
    """`{{ "1970-01-02T00:00:00Z" | timestamp }}` gives `86400`; seconds since 1970."""
    seconds = moment(value, zone).timestamp()
    return int(seconds) if seconds.is_integer() else round(seconds, 3)


def in_zone(value: object, zone: object) -> str:
    """`{{ "2026-01-01T10:00:00Z" | inZone("Asia/Tokyo") }}` gives `2026-01-01T19:00:00+09:00`."""
    return written(moment(value, zone))


def add_time(value: object, count: object, unit: object = "days", zone: object = None) -> str:
    """`{{ "2026-01-31" | addTime(1, "month") }}` gives `2026-02-28T00:00:00Z`; a negative count goes back.

    Units: milliseconds, seconds, minutes, hours, days, weeks, months, years. In a zone, a day ends at the
    same time of day, also when the clocks change.
    """
    at, number, name = moment(value, zone), amount(count), _unit(unit)
    try:
        if name in _SECONDS:
            moved = at.astimezone(UTC) + timedelta(seconds=number * _SECONDS[name])
            return written(moved.astimezone(at.tzinfo))
        if name in _DAYS:
            return written(at + timedelta(days=number * _DAYS[name]))
        return written(_months_later(at, int(number) * (12 if name == "year" else 1)))
    except (ValueError, OverflowError):
        raise out_of_range() from None


def _months_later(at: datetime, months: int) -> datetime:
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def difference(value: object, other: object, unit: object = "days") -> int | float:
    """`{{ "2026-03-01" | diff("2026-02-01", "days") }}` gives `28`; from the argument to the value.

    Whole months and years, parts of all other units.
    """
    left, right, name = moment(value), moment(other), _unit(unit)
    if name in {"month", "year"}:
        return _months_between(left, right) // (12 if name == "year" else 1)
    seconds = (left - right).total_seconds() / _SECONDS.get(name, 86_400 * _DAYS.get(name, 1))
    return int(seconds) if seconds.is_integer() else round(seconds, 6)


def _months_between(left: datetime, right: datetime) -> int:
    if left < right:
        return -_months_between(right, left)
    right = right.astimezone(left.tzinfo)
    months = (left.year - right.year) * 12 + left.month - right.month
    return months - ((left.day, left.time()) < (right.day, right.time()))


def start_of(value: object, unit: object, zone: object = None) -> str:
    """`{{ "2026-03-18T10:20" | startOf("day") }}` gives `2026-03-18T00:00:00Z`; weeks begin on Monday."""
    return written(_start(moment(value, zone), _unit(unit)))


def end_of(value: object, unit: object, zone: object = None) -> str:
    """`{{ "2026-02-18" | endOf("month") }}` gives `2026-02-28T23:59:59.999Z`; a week ends on Sunday."""
    name = _unit(unit)
    at = _start(moment(value, zone), name)
    try:
        if name in {"month", "year"}:
            later = _months_later(at, 12 if name == "year" else 1)
        elif name in _SECONDS:
            # As it passes, not as clocks show it: they show the hour before winter twice.
            later = (at.astimezone(UTC) + timedelta(seconds=_SECONDS[name])).astimezone(at.tzinfo)
            return written((later.astimezone(UTC) - timedelta(milliseconds=1)).astimezone(at.tzinfo))
        else:
            later = at + timedelta(days=_DAYS[name])
        return written(later - timedelta(milliseconds=1))
    except (ValueError, OverflowError):
        raise out_of_range() from None


def _start(at: datetime, unit: str) -> datetime:
    if unit == "week":
        return _start(at, "day") - timedelta(days=at.weekday())
    lowest = {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0, "microsecond": 0}
    kept = {"year": 0, "month": 1, "day": 2, "hour": 3, "minute": 4, "second": 5}.get(unit, 6)
    return at.replace(**dict(list(lowest.items())[kept:]))  # type: ignore[arg-type]  # names of parts


def day_of_week(value: object, zone: object = None) -> int:
    """`{{ "2026-03-01" | dayOfWeek }}` gives `0`; Sunday is 0, Saturday 6; its name is `date("dddd")`."""
    return moment(value, zone).isoweekday() % 7


def _unit(unit: object) -> str:
    name = text(unit).removesuffix("s")
    if name not in _UNITS:
        raise FilterError(f"takes one of these units: {', '.join(each + 's' for each in _UNITS)}.")
    return name


DATE: Mapping[str, Callable[..., object]] = {
    "date": date,
    "parseDate": parse_date,
    "timestamp": timestamp,
    "inZone": in_zone,
    "addTime": add_time,
    "diff": difference,
    "startOf": start_of,
    "endOf": end_of,
    "dayOfWeek": day_of_week,
}
