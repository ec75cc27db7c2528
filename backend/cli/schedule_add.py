"""`loopi schedule add`: from options to a schedule. What they mean is checked by `backend.schedule`."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.options import Json, examples
from backend.cli.prompt import UsageProblem
from backend.cli.schedule import tell
from backend.cli.session import session_of

if TYPE_CHECKING:
    from backend.schedule.schedule import Options
    from backend.schedule.trigger import Trigger

_UNITS = {"m": 1, "h": 60, "d": 24 * 60}
_MISSED = {"skip": "skip", "run-once": "runOnce", "run-all": "runAll"}

Every = Annotated[
    str | None, typer.Option("--every", metavar="15m|2h|1d", help="Each time this long has passed.")
]
Cron = Annotated[
    str | None, typer.Option("--cron", metavar="EXPRESSION", help="Five fields, as cron has them.")
]
At = Annotated[
    str | None, typer.Option("--at", metavar="TIME", help='Once, at a time like "2030-01-31 18:00".')
]
OnStart = Annotated[bool, typer.Option("--on-start", help="Whenever Loopi or its daemon starts.")]
Zone = Annotated[
    str | None, typer.Option("--timezone", metavar="NAME", help="Like Europe/Berlin; else this computer's.")
]
Missed = Annotated[
    str, typer.Option("--missed", metavar="skip|run-once|run-all", help="What was missed while asleep.")
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", help="How many run-all runs.")]
Grace = Annotated[
    str | None,
    typer.Option("--grace", metavar="30m|12h", help="What is older is not run: 12h; 1h if it posts."),
]
Overlap = Annotated[
    str, typer.Option("--overlap", metavar="skip|queue|parallel", help="While the run before goes on.")
]
Notify = Annotated[bool, typer.Option("--notify", help="A desktop notification when a run fails.")]


def register(group: typer.Typer) -> None:
    """Add the command to `loopi schedule`."""
    group.command(
        epilog=examples(
            'loopi schedule add "Morning weather" --cron "30 7 * * 1-5" --timezone Europe/Berlin',
            'loopi schedule add "Morning weather" --every 15m',
            'loopi schedule add "Launch post" --at "2030-01-31 18:00"',
        )
    )(add)


def add(  # noqa: PLR0913 - a command has as many parameters as options
    context: typer.Context,
    automation: Annotated[str, typer.Argument(metavar="NAME|ID", help="A saved automation.")],
    *,
    every: Every = None,
    cron: Cron = None,
    at: At = None,
    on_start: OnStart = False,
    timezone: Zone = None,
    missed: Missed = "run-once",
    limit: Limit = 10,
    grace: Grace = None,
    overlap: Overlap = "skip",
    notify: Notify = False,
    _json: Json = False,
) -> None:
    """Let an automation run by itself. Shows the next times."""
    from uuid import uuid4

    from backend.schedule.schedule import Schedule
    from backend.schedule.zone import own_zone

    session, now = session_of(context), datetime.now(UTC)
    entry = session.app.automations.find(automation)
    times = Times(every, cron, at, is_on_start=on_start)
    trigger = times.trigger(timezone or own_zone(), now)
    options = _options(missed, overlap, limit=limit, grace=grace, notifies=notify)
    schedule = Schedule(uuid4().hex[:12], entry.id, trigger, options, is_enabled=True, since=now)
    session.app.schedules.put(schedule)
    tell(session, schedule, f"“{entry.name}” runs by itself now (schedule {schedule.id}).")
    session.output.note("It does while a window of Loopi is open, or `loopi daemon` runs.")


@dataclass(frozen=True, slots=True)
class Times:
    """The options that say when: exactly one of them."""

    every: str | None
    cron: str | None
    at: str | None
    is_on_start: bool

    def trigger(self, zone: str, now: datetime) -> "Trigger":
        """Raises UsageProblem `usage.when`, `usage.no_duration`, ScheduleError `schedule.invalid`."""
        from backend.schedule import trigger as triggers

        if sum((self.every is not None, self.cron is not None, self.at is not None, self.is_on_start)) != 1:
            raise UsageProblem(
                "usage.when",
                "A schedule has exactly one of --every, --cron, --at and --on-start.",
                hint="For several times, add several schedules.",
            )
        if self.every is not None:
            return triggers.interval(minutes(self.every), anchor=now)
        if self.cron is not None:
            return triggers.cron(self.cron, zone)
        if self.at is not None:
            return triggers.once(triggers.local_time(self.at, zone), now=now)
        return triggers.ProgramStart()


def _options(missed: str, overlap: str, *, limit: int, grace: str | None, notifies: bool) -> "Options":
    from backend.schedule.schedule import Options, checked

    grace_minutes = None if grace is None else minutes(grace)
    kept = _MISSED.get(missed, missed)
    return checked(Options(kept, limit, grace_minutes, overlap, notifies=notifies))  # type: ignore[arg-type]  # checked


def minutes(written: str) -> int:
    """The minutes of `15m`, `2h` or `1d`. Raises UsageProblem `usage.no_duration`."""
    found = re.fullmatch(r"(\d{1,6})([mhd])", written.strip().lower())
    if found is None:
        raise UsageProblem(
            "usage.no_duration",
            f"{written[:32]!r} is no length of time.",
            hint="Write 15m for minutes, 2h for hours, 1d for days.",
        )
    return int(found[1]) * _UNITS[found[2]]
