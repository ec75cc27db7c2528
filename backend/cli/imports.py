"""`loopi import` and `loopi curl`: what other programs write, in; requests in curl's notation, out."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.options import Json, examples
from backend.cli.prompt import UsageProblem
from backend.cli.session import Session, session_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.adapters.imports import SavedImport
    from backend.importers.imported import Imported
    from backend.importers.source import Source


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "import",
        epilog=examples("loopi import curl < command.txt", "loopi import loopi", "loopi import dotenv .env"),
    )(import_)
    app.command(epilog=examples('loopi curl "Morning weather" weather'))(curl)


def import_(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="curl, loopi, dotenv, postman, n8n or bruno.")
    ],
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A file, a folder of the Electron app, or - for standard input."),
    ] = None,
    *,
    _json: Json = False,
) -> None:
    """Take over what another program wrote. Its secrets go into the vault; the file is left as it is.

    A command is never an argument: other users of the machine could read the secrets in it.
    """
    from backend.adapters.imports import off_schedules, save_imported
    from backend.importers.source import SOURCES
    from backend.schedule.zone import own_zone

    found = SOURCES.get(source)
    if found is None:
        hint = "Choose one of: " + ", ".join(SOURCES) + "."
        raise UsageProblem("usage.source", f"Nothing is known about {source!r}.", hint=hint)
    session = session_of(context)
    password = os.environ.get("LOOPI_ENCRYPTION_KEY") or None
    read = _read(found, _texts(session, source, file), password)
    app = session.app
    schedule = off_schedules(app.schedules, datetime.now(UTC), own_zone())
    tell(session, save_imported(app.automations, app.credentials, *read, schedule=schedule))


def _read(source: "Source", texts: "Mapping[str, str]", password: str | None) -> "list[Imported]":
    """What the texts hold. One of several that holds nothing is named, and the others are taken."""
    from backend.importers.imported import Imported, ImportFailed

    found, failed = list["Imported"](), list[ImportFailed]()
    for name, text in texts.items():
        try:
            found.append(source.read(text, password))
        except ImportFailed as error:
            failed.append(error)
            found.append(Imported((), notes=(f"{name} was left out: {error.message}",)))
    if len(failed) == len(texts):
        raise failed[0]
    return found


def _texts(session: Session, source: str, file: str | None) -> "Mapping[str, str]":
    """What is to be read, by file: of the Electron app, its vault and all its automations."""
    from backend.importers.loopi_folder import files_in
    from backend.places import Places
    from backend.store.document import read_text

    if file == "-" or (file is None and source != "loopi"):
        return {"-": session.read_stdin()}
    # That app kept its files where ours are, when nothing else is said.
    path = Places.from_environment({**os.environ, "LOOPI_HOME": ""}).user_data if file is None else Path(file)
    return {each.name: read_text(each) for each in (files_in(path) if path.is_dir() else (path,))}


def tell(session: Session, saved: "SavedImport") -> None:
    """What is here now, and what was not taken over."""
    if session.output.is_json:
        made = [{"id": credential_id, "name": name} for credential_id, name in saved.credentials]
        session.output.value(
            {"automations": list(saved.automations), "credentials": made, "notes": list(saved.notes)}
        )
        return
    for note in saved.notes:
        session.output.note(f"Note: {note}")
    for _, name in saved.credentials:
        session.output.line(f"Saved the credential “{name}”.")
    names = {entry.id: entry.name for entry in session.app.automations.entries()} if saved.automations else {}
    for automation_id in saved.automations:
        session.output.line(f"Imported “{names[automation_id]}” ({automation_id}).")


def curl(
    context: typer.Context,
    automation: Annotated[str, typer.Argument(metavar="NAME|ID", help="An automation's name or id.")],
    step: Annotated[str, typer.Argument(metavar="STEP", help="The id of an API call in it.")],
    *,
    _json: Json = False,
) -> None:
    """Print a step as a curl command, with names such as $API_KEY where its secrets stand."""
    from backend.adapters.curl import step_as_curl

    session = session_of(context)
    document = session.app.automations.get(automation)
    copied = step_as_curl(document, step, session.app.credentials, session.app.types)
    if session.output.is_json:
        session.output.value({"text": copied.text, "notes": list(copied.notes)})
        return
    for note in copied.notes:
        session.output.note(f"Note: {note}")
    for line in copied.text.split("\n"):
        session.output.line(line)
