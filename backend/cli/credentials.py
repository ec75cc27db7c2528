"""`loopi credentials`: look at types and credentials. No command prints a secret."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.options import Json, examples
from backend.cli.output import moment
from backend.cli.session import Session, session_of
from engine import model

if TYPE_CHECKING:
    from backend.adapters.credential_state import CredentialState
    from backend.credentials.listing import Entry
    from backend.credentials.records import Record
    from backend.credentials.types import CredentialType

group = typer.Typer(
    name="credentials", help="Types of credentials, and the saved ones.", no_args_is_help=True
)

Reference = Annotated[str, typer.Argument(metavar="NAME|ID", help="A credential's name or id.")]


@group.command(epilog=examples("loopi credentials types", "loopi credentials types --json"))
def types(context: typer.Context, *, _json: Json = False) -> None:
    """List the types a credential can have, and the fields of each."""
    session = session_of(context)
    book = session.app.types
    for problem in book.problems:
        session.output.note(f"Warning: {problem.message}")
    kinds = list(book.types.values())
    if session.output.is_json:
        session.output.value([_type(kind) for kind in kinds])
        return
    rows = [(kind.id, kind.title, ", ".join(field.key for field in kind.fields)) for kind in kinds]
    session.output.table(("Type", "Title", "Fields"), rows)


@group.command("list", epilog=examples("loopi credentials list", "loopi credentials list --json"))
def list_(
    context: typer.Context,
    *,
    trash: Annotated[
        bool, typer.Option("--trash", help="Those that were deleted in the last 30 days.")
    ] = False,
    _json: Json = False,
) -> None:
    """List the saved credentials, without their secrets."""
    session = session_of(context)
    overview = session.app.credentials.overview()
    for problem in overview.problems:
        session.output.note(f"Warning: {problem.message}")
    entries = overview.trash if trash else overview.entries
    states = states_of(session, entries)
    if session.output.is_json:
        session.output.value([as_json(entry, states[str(entry["id"])]) for entry in entries])
        return
    rows = [_row(entry, states[str(entry["id"])]) for entry in entries]
    if rows:
        session.output.table(("Name", "Type", "Status", "Last used", "Changed", "Id"), rows)
    else:
        session.output.note("There is nothing to list.")


@group.command(epilog=examples('loopi credentials show "Open Weather"'))
def show(context: typer.Context, reference: Reference, *, _json: Json = False) -> None:
    """Show one credential. A secret field shows only whether it is set."""
    session = session_of(context)
    entry = entry_of(session, reference)
    state = states_of(session, [entry])[str(entry["id"])]
    if session.output.is_json:
        session.output.value(as_json(entry, state))
        return
    for label, text in _told(session, session.app.credentials.get(reference), state):
        session.output.line(f"{label:14} {text}")


def states_of(session: Session, entries: "Sequence[Entry]") -> "dict[str, CredentialState]":
    """How each credential stands, by its id."""
    from backend.adapters.credential_state import Known

    app = session.app
    known = Known.read(app.automations, app.uses)
    return {str(each["id"]): known.state_of(each, app.types.find(str(each["type"]))) for each in entries}


def entry_of(session: Session, reference: str) -> "Entry":
    """The credential with this id or name, as it is listed. Raises CredentialError `credential.not_found`."""
    from backend.credentials.listing import entry

    record = session.app.credentials.get(reference)
    return entry(record, session.app.types.find(record.type))


def _row(entry: "Entry", state: "CredentialState") -> tuple[str, ...]:
    from backend.adapters.credential_state import WORDS

    times = (_used(state), moment(str(entry["updatedAt"])))
    return (str(entry["name"]), str(entry["type"]), WORDS[state.standing], *times, str(entry["id"]))


def _used(state: "CredentialState") -> str:
    return moment(state.last_used_at) if state.last_used_at else "never"


def _told(session: Session, record: "Record", state: "CredentialState") -> list[tuple[str, str]]:
    """A credential in words: a label and a text for each line."""
    from backend.adapters.credential_state import WORDS
    from backend.credentials.listing import entry

    kind = session.app.types.find(record.type)
    why = " ".join(part for part in (f"{WORDS[state.standing]}.", state.message, state.hint) if part)
    fields = entry(record, kind)["fields"]
    hosts = ", ".join(session.app.credentials.hosts(record))
    return [
        ("Name", record.name),
        ("Type", f"{kind.title} ({kind.id})" if kind else f"{record.type} (there is no such type now)"),
        ("Id", record.id),
        ("Status", why),
        ("Last used", _used(state)),
        *(
            ("Field", f"{key}: {_shown(found)}")
            for key, found in (fields.items() if isinstance(fields, Mapping) else ())
        ),
        ("Allowed hosts", hosts or "none is named: a step must write its host out"),
        ("Created", moment(record.created_at)),
        ("Changed", moment(record.updated_at)),
    ]


def _shown(found: Mapping[str, object]) -> str:
    if not found["set"]:
        return "(not set)"
    return "(set, not shown)" if found["secret"] else str(found["value"])


def as_json(entry: "Entry", state: "CredentialState | None" = None) -> model.Json:
    """An entry as plain JSON, with how it stands: it holds nothing else."""
    shown = {**entry, "status": state.standing, "lastUsedAt": state.last_used_at} if state else entry
    plain: model.Json = json.loads(json.dumps(shown))
    return plain


def _type(kind: "CredentialType") -> model.Json:
    fields: list[model.Json] = [
        {
            "key": field.key,
            "title": field.title,
            "description": field.description,
            "kind": field.kind,
            "secret": field.is_secret,
            "required": field.is_required,
            "choices": list(field.choices),
        }
        for field in kind.fields
    ]
    return {
        "id": kind.id,
        "title": kind.title,
        "description": kind.description,
        "builtin": kind.is_builtin,
        "ownFields": kind.list_key is not None,
        "hosts": list(kind.hosts),
        "fields": fields,
    }
