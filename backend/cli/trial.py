"""`loopi credentials test`: one harmless request with a saved credential, and what it came to."""

from typing import TYPE_CHECKING

import typer

from backend.cli.credentials import Reference
from backend.cli.exits import ExitCode
from backend.cli.options import Json, examples
from backend.cli.session import session_of

if TYPE_CHECKING:
    from backend.adapters.credential_trial import TrialOutcome

_EXITS: "dict[TrialOutcome, ExitCode]" = {
    "works": ExitCode.SUCCEEDED,
    "refused": ExitCode.REFUSED,
    "expired": ExitCode.REFUSED,
    "unclear": ExitCode.FAILED,
    "untestable": ExitCode.FAILED,
}


def try_out(context: typer.Context, reference: Reference, *, _json: Json = False) -> None:
    """Send one harmless request with it, and say whether the service takes it.

    Ends with 5 when the service refuses it, and with 1 when nobody can tell.
    """
    session = session_of(context)
    app = session.app
    record = app.credentials.get(reference)
    tested = app.tester.test(record.id, app.types.find(record.type))
    if session.output.is_json:
        session.output.value(
            {"id": record.id, "outcome": tested.outcome, "message": tested.message, "hint": tested.hint}
        )
    else:
        session.output.line(tested.message)
        if tested.hint:
            session.output.note(tested.hint)
    raise typer.Exit(_EXITS[tested.outcome])


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("test", epilog=examples('loopi credentials test "Open Weather"'))(try_out)
