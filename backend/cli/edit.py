"""`loopi credentials add|edit|rename|delete|restore`. Secrets come by prompt, stdin or file only."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.credentials import Reference, as_json, entry_of
from backend.cli.fields import Given, ask_fields, read_fields
from backend.cli.options import Json, Yes, examples
from backend.cli.prompt import confirm
from backend.cli.session import Session, session_of

if TYPE_CHECKING:
    from backend.credentials.changes import Change
    from backend.credentials.service import Saved
    from backend.credentials.usage import Use

Stdin = Annotated[bool, typer.Option("--stdin", help="Read the fields as a JSON object from standard input.")]
File = Annotated[Path | None, typer.Option("--file", help="Read the fields as a JSON object from a file.")]
Hosts = Annotated[
    list[str] | None,
    typer.Option("--allow-host", metavar="HOST", help="A host that it may be sent to. Repeatable."),
]


def add(
    context: typer.Context,
    *,
    type_id: Annotated[str, typer.Option("--type", help="`loopi credentials types` lists them.")],
    name: Annotated[str, typer.Option("--name", help="How steps and lists call it.")],
    stdin: Stdin = False,
    file: File = None,
    allow_host: Hosts = None,
    _json: Json = False,
) -> None:
    """Save a new credential. Asks for each field, or reads them as JSON."""
    session = session_of(context)
    kind = session.app.types.get(type_id)
    given = read_fields(session, file=file, from_stdin=stdin) or ask_fields(kind)
    saved = session.app.credentials.add(
        type_id, name, given.values, allowed_hosts=allow_host or (), open_fields=given.open_fields()
    )
    _tell(session, saved, done="Added")


def edit(
    context: typer.Context,
    reference: Reference,
    *,
    stdin: Stdin = False,
    file: File = None,
    clear: Annotated[
        list[str] | None, typer.Option(metavar="FIELD", help="Remove its value. Repeatable.")
    ] = None,
    allow_host: Hosts = None,
    reset_hosts: Annotated[
        bool, typer.Option("--reset-hosts", help="Allow the hosts of its type again.")
    ] = False,
    _json: Json = False,
) -> None:
    """Change fields or hosts. Without options it asks for each field; an empty answer keeps it.

    As JSON a field is {"op": "keep"}, {"op": "set", "value": "…"}, {"op": "clear"}, or the new value itself.
    Hosts given with --allow-host replace the ones before.
    """
    session = session_of(context)
    service = session.app.credentials
    record = service.get(reference)
    given = read_fields(session, file=file, from_stdin=stdin)
    if given is None:
        is_told = bool(clear or allow_host or reset_hosts)
        given = Given() if is_told else ask_fields(session.app.types.get(record.type), record)
    saved = service.edit(
        record.id,
        record.version,
        changes=_changes(given, clear or ()),
        allowed_hosts=(*(allow_host or ()),) if allow_host or reset_hosts else None,
        open_fields=given.open_fields(record.open_fields) if given.is_secret else None,
    )
    _tell(session, saved, done="Changed")


def rename(
    context: typer.Context,
    reference: Reference,
    name: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
    *,
    _json: Json = False,
) -> None:
    """Give a credential another name. Steps that refer to it by its id are not affected."""
    session = session_of(context)
    for use in _uses(session, reference):
        session.output.note(
            f"Used by {use.automation_name}, step {use.step_id}: check how it is named there."
        )
    service = session.app.credentials
    record = service.get(reference)
    _tell(session, service.rename(record.id, name, version=record.version), done="Renamed to")


def delete(context: typer.Context, reference: Reference, *, yes: Yes = False, _json: Json = False) -> None:
    """Put a credential into the trash. It can be restored for 30 days."""
    session = session_of(context)
    service = session.app.credentials
    record = service.get(reference)
    for use in _uses(session, reference):
        session.output.note(f"Used by {use.automation_name}, step {use.step_id}.")
    confirm(f"Delete “{record.name}”?", is_yes=yes)
    _tell(session, service.delete(record.id, version=record.version), done="Deleted")


def restore(
    context: typer.Context,
    reference: Reference,
    *,
    name: Annotated[
        str | None, typer.Option("--name", help="Another name, if its own is taken by now.")
    ] = None,
    _json: Json = False,
) -> None:
    """Take a credential out of the trash."""
    session = session_of(context)
    service = session.app.credentials
    ids = [str(each["id"]) for each in service.overview().trash if reference in {each["id"], each["name"]}]
    # The last one deleted of that name; an id that is not there is answered by the service.
    _tell(session, service.restore(ids[-1] if ids else reference, name=name), done="Restored")


def _changes(given: Given, cleared: Sequence[str]) -> "dict[str, Change]":
    from backend.credentials.changes import Clear, Set

    changes: dict[str, Change] = {key: Set(value) for key, value in given.values.items()}
    return {**changes, **dict.fromkeys((*given.cleared, *cleared), Clear())}


def _uses(session: Session, reference: str) -> "tuple[Use, ...]":
    from backend.credentials.usage import find_uses

    entry = entry_of(session, reference)
    documents = session.app.automations.documents()
    return find_uses(documents, str(entry["id"]), name=str(entry["name"]))


def _tell(session: Session, saved: "Saved", *, done: str) -> None:
    for notice in saved.notices:
        session.output.note(f"Note on {notice.field}: {notice.message}")
    if session.output.is_json:
        session.output.value(as_json(saved.entry))
    else:
        session.output.line(f"{done} “{saved.entry['name']}” ({saved.entry['id']}).")


_EXAMPLES: Mapping[Callable[..., None], str] = {
    add: examples(
        'loopi credentials add --type apiKey --name "Open Weather"',
        "loopi credentials add --type custom --name Maps --file fields.json --allow-host maps.example.com",
    ),
    edit: examples(
        'loopi credentials edit "Open Weather"',
        'loopi credentials edit "Open Weather" --file fields.json --clear apiUrl',
    ),
    rename: examples('loopi credentials rename "Open Weather" Weather'),
    delete: examples('loopi credentials delete "Open Weather"', "loopi credentials delete 0f6c2d0e --yes"),
    restore: examples(
        "loopi credentials list --trash", 'loopi credentials restore "Open Weather" --name "Open Weather 2"'
    ),
}


def register(group: typer.Typer) -> None:
    """Add the commands."""
    for command, epilog in _EXAMPLES.items():
        group.command(epilog=epilog)(command)
