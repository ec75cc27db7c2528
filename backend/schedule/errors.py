"""What can be wrong with a schedule, in words for the person who made it."""

from engine.errors import LoopiError


class ScheduleError(LoopiError):
    """A schedule that cannot be made, found or kept: codes `schedule.…`."""


def invalid(message: str, hint: str) -> ScheduleError:
    """A trigger or an option that does not say when to run."""
    return ScheduleError("schedule.invalid", message, hint=hint)


def missing(reference: str) -> ScheduleError:
    return ScheduleError(
        "schedule.missing",
        f"There is no schedule {reference[:64]!r}.",
        hint="`loopi schedule list` shows the ones there are.",
    )


def no_unit() -> ScheduleError:
    """The file that starts the daemon at login would be no sound XML."""
    return ScheduleError(
        "schedule.no_unit",
        "The file for the start at login cannot be written: the program, its folder or your home has a "
        "control character in its name.",
        hint="Move Loopi to a folder with a plain name, and try again.",
    )
