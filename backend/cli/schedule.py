"""`loopi schedule`: which automations run by themselves, and when. What keeps them is `loopi daemon`."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.exits import ExitCode
from backend.cli.options import Json, Yes, examples
from backend.cli.prompt import confirm
from backend.cli.session import Session, session_of

if TYPE_CHECKING:
    from backend.schedule.schedule import Schedule
    from engine import model

group = typer.Typer(name="schedule", help="When automations run by themselves.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="ID", help="A schedule's id, as `loopi schedule list` shows it.")]
SHOWN = 5


@group.command("list", epilog=examples("loopi schedule list"))
def list_(context: typer.Context, *, _json: Json = False) -> None:
    """List the schedules, with the next time of each."""
    from backend.schedule.words import when

    session = session_of(context)
    schedules = session.app.schedules.all()
    if session.output.is_json:
        session.output.value([shown(each) for each in schedules])
        return
    rows = [
        (name_of(session, each), when(each), next(iter(_coming(each, 1)), _rests(each)), each.id)
        for each in schedules
    ]
    if rows:
        session.output.table(("Automation", "When", "Next", "Id"), rows)
    else:
        session.output.note("There is nothing to list. `loopi schedule add` makes a schedule.")


@group.command(epilog=examples("loopi schedule remove 3f0c9a4e71d2 --yes"))
def remove(context: typer.Context, schedule_id: Id, *, yes: Yes = False, _json: Json = False) -> None:
    """Delete a schedule. Its automation stays, and so does the history."""
    from backend.schedule.words import when

    session = session_of(context)
    found = session.app.schedules.get(schedule_id)
    confirm(f"Delete the schedule of “{name_of(session, found)}” ({when(found)})?", is_yes=yes)
    tell(session, session.app.schedules.remove(schedule_id), f"Deleted the schedule {schedule_id}.")


@group.command(epilog=examples("loopi schedule enable 3f0c9a4e71d2"))
def enable(context: typer.Context, schedule_id: Id, *, _json: Json = False) -> None:
    """Let a schedule run again, from now on: what its time went by for meanwhile is not caught up."""
    _switch(session_of(context), schedule_id, is_enabled=True)


@group.command(epilog=examples("loopi schedule disable 3f0c9a4e71d2"))
def disable(context: typer.Context, schedule_id: Id, *, _json: Json = False) -> None:
    """Let a schedule rest. A run that goes on is not stopped."""
    _switch(session_of(context), schedule_id, is_enabled=False)


@group.command("next", epilog=examples("loopi schedule next", "loopi schedule next 3f0c9a4e71d2 --count 10"))
def next_(
    context: typer.Context,
    schedule_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="A schedule's id; without it: all of them.")
    ] = None,
    *,
    count: Annotated[
        int, typer.Option("--count", metavar="N", min=1, max=100, help="How many times.")
    ] = SHOWN,
    _json: Json = False,
) -> None:
    """Show the next times."""
    from backend.schedule.scheduler import coming
    from backend.schedule.words import local

    session = session_of(context)
    store = session.app.schedules
    schedules = store.all() if schedule_id is None else [store.get(schedule_id)]
    found = coming(schedules, now=datetime.now(UTC), count=count)
    if session.output.is_json:
        session.output.value({each: [at.isoformat() for at in times] for each, times in found.items()})
        return
    for schedule in schedules:
        for at in found.get(schedule.id, []):
            session.output.line(f"{local(schedule.trigger, at)}  {name_of(session, schedule)}")


def _switch(session: Session, schedule_id: str, *, is_enabled: bool) -> None:
    from backend.schedule.schedule import switched

    found = session.app.schedules.get(schedule_id)
    changed = switched(found, is_enabled=is_enabled, now=datetime.now(UTC))
    session.app.schedules.put(changed)
    tell(session, changed, f"The schedule {schedule_id} is {'on' if is_enabled else 'off'} now.")


@group.command("run-pending", epilog=examples("loopi schedule run-pending"))
def run_pending(context: typer.Context, *, _json: Json = False) -> int:
    """Run what is due now and wait for it: for cron or a task scheduler in place of `loopi daemon`."""
    from dataclasses import replace

    from backend.cli.progress import Outcomes
    from backend.keeper import Keeper

    session = session_of(context)
    outcomes = Outcomes(session.output)
    app = replace(session.app, ask=None)
    Keeper(app, sinks=(outcomes,)).look_once()
    for run in app.runs.active():
        run.wait()
    locked = [tick for tick in app.schedules.pending() if tick.state == "waitingForUnlock"]
    if locked:
        names = ", ".join(dict.fromkeys(name_of(session, tick.schedule) for tick in locked))
        session.output.note(f"The vault is locked or its key is wrong: {names} waits for it to be unlocked.")
    return outcomes.exit_code or (ExitCode.LOCKED if locked else ExitCode.SUCCEEDED)


def tell(session: Session, schedule: "Schedule", text: str) -> None:
    """Show what a schedule is now, with its next times."""
    if session.output.is_json:
        session.output.value(shown(schedule))
        return
    session.output.line(text)
    for at in _coming(schedule, SHOWN):
        session.output.line(f"  {at}")


def shown(schedule: "Schedule") -> "model.Json":
    """What `--json` prints: the schedule and `next`, the coming times in UTC."""
    from backend.schedule.scheduler import coming

    times = coming([schedule], now=datetime.now(UTC), count=SHOWN).get(schedule.id, [])
    return {**schedule.to_json(), "next": [at.isoformat() for at in times]}  # type: ignore[dict-item]  # JSON already


def name_of(session: Session, schedule: "Schedule") -> str:
    """The name of a schedule's automation, or its id when that is gone."""
    from engine.errors import LoopiError

    try:
        return session.app.automations.find(schedule.automation_id).name
    except LoopiError:
        return f"{schedule.automation_id} (missing)"


def _coming(schedule: "Schedule", count: int) -> list[str]:
    from backend.schedule.scheduler import coming
    from backend.schedule.words import local

    found = coming([schedule], now=datetime.now(UTC), count=count)
    return [local(schedule.trigger, at) for at in found.get(schedule.id, [])]


def _rests(schedule: "Schedule") -> str:
    return "–" if schedule.is_enabled else "off"
