"""`loopi resume`: let an interrupted run go on where it was."""

from dataclasses import replace
from typing import Annotated

import typer

from backend.cli.following import follow
from backend.cli.options import Json, examples
from backend.cli.prompt import UsageProblem
from backend.cli.session import session_of

Posted = Annotated[
    str | None,
    typer.Option(
        "--posted",
        metavar="yes|no",
        help="Whether what the interrupted step was doing was done. No: it is done again.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("loopi resume 3f2a9c1b", "loopi resume 3f2a9c1b --posted no"))(resume)


def resume(
    context: typer.Context,
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run's id, or its first letters.")],
    automation: Annotated[
        str | None, typer.Argument(metavar="[FILE|NAME]", help="For a run of a file: that file, unchanged.")
    ] = None,
    *,
    posted: Posted = None,
    _json: Json = False,
) -> int:
    """Let an interrupted run go on. No step that was completed is repeated."""
    from backend.cli.reading import load
    from backend.runs.active import RunOptions

    if posted not in {None, "yes", "no"}:
        raise UsageProblem("usage.posted", "--posted takes yes or no.", hint="Look at the service first.")
    session = session_of(context)
    runs, catalog = session.app.runs, session.app.journal.catalog
    row = catalog.run(catalog.whole_id(run))
    run_id = str(row["run_id"])
    parsed = load(session, automation or str(row["automation_id"]))
    open_ = [doubt.path for doubt in runs.doubts(run_id)] if posted else []
    answers = dict.fromkeys(open_, posted == "yes")
    options = RunOptions()
    return follow(
        session,
        lambda sinks: runs.resume(run_id, parsed, answers, replace(options, sinks=sinks)),
        name=parsed.name,
    )
