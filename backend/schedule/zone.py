"""Time zones by their IANA names: this computer's own, and all that there are."""


def own_zone() -> str:
    """The name of this computer's time zone; UTC where it has none."""
    from tzlocal import get_localzone_name

    try:
        return get_localzone_name() or "UTC"
    except (LookupError, OSError, ValueError):
        return "UTC"


def all_zones() -> tuple[str, ...]:
    """In the order of the alphabet, without the names that only files of the system have."""
    from zoneinfo import available_timezones

    return tuple(sorted(name for name in available_timezones() if name not in {"Factory", "localtime"}))
