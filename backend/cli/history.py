"""`loopi history`: the runs that were, and those that go on."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, cast

import typer

from backend.cli.options import Json, Yes, examples
from backend.cli.output import moment
from backend.cli.prompt import UsageProblem, confirm
from backend.cli.session import Session, session_of
from engine.errors import LoopiError

group = typer.Typer(name="history", help="The runs that were, and those that go on.", no_args_is_help=True)

Run = Annotated[str, typer.Argument(metavar="RUN", help="A run's id, or its first letters.")]
OUTCOMES = ("succeeded", "failed", "cancelled", "interrupted", "running", "missed")
_SHOWN = ("run_id", "automation_id", "name", "started_at", "finished_at", "error_code", "error_message")

# What is no real run is told from one at a glance.
_KINDS = {"": "", "dry": " (dry run)", "replay": " (replay)"}


@group.command(
    "list",
    epilog=examples("loopi history list", "loopi history list --outcome failed --since 2026-01-31 --json"),
)
def list_(
    context: typer.Context,
    *,
    automation: Annotated[
        str | None, typer.Option("--automation", metavar="NAME|ID", help="Only those of this one.")
    ] = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", metavar="OUTCOME", help=f"One of: {', '.join(OUTCOMES)}.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="Began then or later: 2026-01-31.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="TIME", help="Began before.")] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="TEXT", help="In the name, the id, or what went wrong.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=1_000_000, help="The newest so many.")
    ] = 100,
    _json: Json = False,
) -> None:
    """List the runs, the newest first."""
    from backend.runs.listing import RunFilter

    session = session_of(context)
    if outcome is not None and outcome not in OUTCOMES:
        hint = f"Choose one of: {', '.join(OUTCOMES)}."
        raise UsageProblem("usage.outcome", f"There is no outcome {outcome[:40]!r}.", hint=hint)
    wanted = RunFilter(
        automation_id=None if automation is None else _automation_id(session, automation),
        outcome=None if outcome in {"interrupted", "running"} else outcome,
        is_going={"running": True, "interrupted": False}.get(outcome or ""),
        since=_time(since, option="--since"),
        before=_time(until, option="--until"),
        text=search,
    )
    rows = session.app.journal.catalog.runs(limit=limit, wanted=wanted)
    _print(session, rows)


@group.command(epilog=examples("loopi history show 3f2a9c1b", "loopi history show 3f2a9c1b --json"))
def show(context: typer.Context, run: Run, *, _json: Json = False) -> None:
    """Print what happened in a run, as it was shown; with --json its events."""
    from backend.cli.lines import Lines

    session = session_of(context)
    journal, lines = session.app.journal, Lines()
    run_id, has_events = journal.catalog.whole_id(run), False
    for event in journal.events(run_id):
        has_events = True
        if session.output.is_json:
            session.output.value(event.to_json())
            continue
        for line in lines.of(event):
            session.output.line(line)
    if not has_events and not session.output.is_json:
        row = journal.catalog.run(run_id)
        session.output.line(str(row["name"]))
        session.output.line(str(row["error_message"] or "Nothing was run."))


@group.command(epilog=examples("loopi history export 3f2a9c1b --output run.jsonl"))
def export(
    context: typer.Context,
    run: Run,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A new file. Without it: stdout.")
    ] = None,
) -> None:
    """Write a run's events as they were recorded, one JSON object a line. They hold no secret."""
    from backend.store.atomic import create_file
    from backend.store.document import escaped

    session = session_of(context)
    journal = session.app.journal
    text = "".join(f"{escaped(line)}\n" for line in journal.lines(journal.catalog.whole_id(run)))
    if output is None:
        session.output.raw(text)
        return
    try:
        create_file(output, text.encode("utf-8", "surrogatepass"))
    except FileExistsError:
        hint = "Name a new file, or delete that one."
        raise UsageProblem("usage.exists", f"{output} exists already.", hint=hint) from None
    session.output.note(f"Written to {output}.")


@group.command(epilog=examples("loopi history stop 3f2a9c1b"))
def stop(context: typer.Context, run: Run) -> None:
    """Ask a run that goes on in another window or terminal to stop."""
    session = session_of(context)
    catalog = session.app.journal.catalog
    row = catalog.run(catalog.whole_id(run))
    if not row["is_going"]:
        session.output.note("This run does not go on.")
        return
    catalog.ask_to_stop(str(row["run_id"]))
    session.output.line(f"Asked “{row['name']}” to stop.")


@group.command(epilog=examples("loopi history delete 3f2a9c1b --yes"))
def delete(context: typer.Context, run: Run, *, yes: Yes = False, _json: Json = False) -> None:
    """Delete a run from the history."""
    session = session_of(context)
    journal = session.app.journal
    row = journal.catalog.run(journal.catalog.whole_id(run))
    if row["is_going"]:
        raise LoopiError("history.still_running", "This run is not over yet.", hint="Stop it first.")
    confirm(f"Delete this run of “{row['name']}”? It cannot be undone.", is_yes=yes)
    journal.delete(str(row["run_id"]))
    if session.output.is_json:
        session.output.value({"runId": str(row["run_id"])})
        return
    session.output.line(f"Deleted the run {_short(str(row['run_id']))} of “{row['name']}”.")


def _automation_id(session: Session, reference: str) -> str:
    """The id of a saved automation, or what was typed: the history knows deleted ones too."""
    try:
        return session.app.automations.find(reference).id
    except LoopiError:
        return reference


def _time(written: str | None, *, option: str) -> float | None:
    if written is None:
        return None
    try:
        return datetime.fromisoformat(written).timestamp()
    except (ValueError, OverflowError):
        hint = "Write it like 2026-01-31 or 2026-01-31T09:00."
        raise UsageProblem("usage.time", f"{option} takes a time.", hint=hint) from None


def _short(run_id: str) -> str:
    """Enough to name a run. Those of a schedule begin alike, and differ in their time."""
    return run_id if "-" in run_id else run_id[:8]


def _print(session: Session, rows: list[dict[str, object]]) -> None:
    from backend.runs.resuming import kind_of

    if session.output.is_json:
        session.output.value(
            [
                {_camel(key): _plain(row[key]) for key in _SHOWN}
                | {"kind": kind_of(row) or "real", "outcome": _outcome(row)}
                for row in rows
            ]
        )
    elif rows:
        cells = [
            (
                _short(str(row["run_id"])),
                str(row["name"]),
                f"{_outcome(row)}{_KINDS[kind_of(row)]}",
                _moment(row),
                str(row["error_code"] or ""),
            )
            for row in rows
        ]
        session.output.table(("Run", "Automation", "Outcome", "Began", "Error"), cells)
    else:
        session.output.note("There is nothing to list.")


def _outcome(row: dict[str, object]) -> str:
    return str(row["outcome"] or ("running" if row["is_going"] else "interrupted"))


def _moment(row: dict[str, object]) -> str:
    from datetime import UTC

    return moment(datetime.fromtimestamp(cast("float", row["started_at"]), UTC).isoformat())


def _plain(value: object) -> "str | float | None":
    return cast("str | float | None", value)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
