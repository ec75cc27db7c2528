"""`loopi replay`: drive an automation with what a run was answered, without a network and without secrets."""

from dataclasses import replace as changed
from typing import Annotated

import typer

from backend.cli.following import follow
from backend.cli.options import Json, examples
from backend.cli.session import session_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("loopi replay 3f2a9c1b", "loopi replay 3f2a9c1b changed.json --json"))(replay)


def replay(
    context: typer.Context,
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run's id, or its first letters.")],
    automation: Annotated[
        str | None,
        typer.Argument(metavar="[FILE|NAME]", help="The automation as it is now, for one of a file."),
    ] = None,
    *,
    _json: Json = False,
) -> int:
    """Replay a recorded run: its answers drive the automation as it is now. Nothing is sent."""
    from backend.cli.reading import load
    from backend.runs.active import RunOptions

    session = session_of(context)
    catalog = session.app.journal.catalog
    run_id = catalog.whole_id(run)
    parsed = load(session, automation or str(catalog.run(run_id)["automation_id"]))
    rehearsals, options = session.app.rehearsals, RunOptions()
    return follow(session, lambda sinks: rehearsals.replay(run_id, parsed, changed(options, sinks=sinks)))
