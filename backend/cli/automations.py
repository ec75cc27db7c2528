"""`loopi automations`: the saved automations. Importing moves plain-text keys into the vault."""

from pathlib import Path
from typing import Annotated

import typer

from backend.cli.options import Json, Yes, examples
from backend.cli.output import moment
from backend.cli.prompt import UsageProblem, confirm
from backend.cli.session import session_of

group = typer.Typer(name="automations", help="The saved automations.", no_args_is_help=True)

Reference = Annotated[str, typer.Argument(metavar="NAME|ID", help="An automation's name or id.")]


@group.command("list", epilog=examples("loopi automations list"))
def list_(context: typer.Context, *, _json: Json = False) -> None:
    """List the automations, with the problem of each file that cannot be used."""
    session = session_of(context)
    entries = session.app.automations.entries()
    if session.output.is_json:
        session.output.value([entry.to_json() for entry in entries])
        return
    for entry in entries:
        if entry.problem:
            session.output.note(f"Warning: {entry.path.name}: {entry.problem}")
    rows = [
        (entry.name, str(entry.steps), moment(entry.updated_at), entry.id)
        for entry in entries
        if not entry.problem
    ]
    if rows:
        session.output.table(("Name", "Steps", "Changed", "Id"), rows)
    elif not entries:
        session.output.note("There is nothing to list.")


@group.command(epilog=examples('loopi automations show "Morning weather"'))
def show(context: typer.Context, reference: Reference, *, _json: Json = False) -> None:
    """Print an automation's file."""
    session = session_of(context)
    if session.output.is_json:
        session.output.value(session.app.automations.get(reference))
        return
    session.output.raw(session.app.automations.export(reference).decode())


@group.command("import", epilog=examples("loopi automations import examples/morning-weather.json"))
def import_(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="An automation's file, or - for standard input.")
    ],
    *,
    _json: Json = False,
) -> None:
    """Copy an automation from a file. Keys in plain text go into the vault; the copy refers to them."""
    from backend.adapters.borrowing import borrowed
    from backend.adapters.private_keys import save_without_keys
    from backend.cli.reading import read_file

    session = session_of(context)
    store = session.app.automations
    document = read_file(session, file)
    session.app.parse(document)
    prepared = store.prepare(document)
    notes = borrowed(prepared, store, session.app.credentials)
    moved = save_without_keys(store, session.app.credentials, prepared)
    name, automation_id = str(prepared["name"]), str(prepared["id"])
    if session.output.is_json:
        listed = [{"stepId": step_id, "credentialId": credential} for step_id, credential in moved.items()]
        told = {"notes": list(notes)} if notes else {}
        session.output.value({"id": automation_id, "name": name, "movedCredentials": listed, **told})
        return
    for note in notes:
        session.output.note(f"Note: {note}")
    for step_id in moved:
        session.output.note(f"The keys of the step {step_id} are in the vault now. Delete them from {file}.")
    session.output.line(f"Imported “{name}” ({automation_id}).")


@group.command(
    epilog=examples(
        'loopi automations export "Morning weather" > weather.json',
        'loopi automations export "Morning weather" --output weather.json',
    )
)
def export(
    context: typer.Context,
    reference: Reference,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A new file. Without it: stdout.")
    ] = None,
) -> None:
    """Write an automation's file for somebody else. It refers to credentials and holds none."""
    from backend.store.atomic import create_file

    session = session_of(context)
    content = session.app.automations.export(reference)
    if output is None:
        session.output.raw(content.decode())
        return
    try:
        create_file(output, content)
    except FileExistsError:
        hint = "Name a new file, or delete that one."
        raise UsageProblem("usage.exists", f"{output} exists already.", hint=hint) from None
    session.output.note(f"Written to {output}.")


@group.command(epilog=examples('loopi automations delete "Morning weather" --yes'))
def delete(context: typer.Context, reference: Reference, *, yes: Yes = False, _json: Json = False) -> None:
    """Delete an automation, and the private credentials of its steps with it."""
    from backend.adapters.private_keys import delete_with_keys

    session = session_of(context)
    entry = session.app.automations.find(reference)
    confirm(f"Delete “{entry.name}”? It cannot be undone.", is_yes=yes)
    delete_with_keys(session.app.automations, session.app.credentials, entry)
    session.app.schedules.remove_of(entry.id)
    if session.output.is_json:
        session.output.value({"id": entry.id, "name": entry.name})
        return
    session.output.line(f"Deleted “{entry.name}” ({entry.id}).")
