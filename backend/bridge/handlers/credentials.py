"""Methods about credentials. What goes out is what `backend.credentials.listing` shows: no secret."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from backend.bridge.contract import credentials as contract
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.credentials import listing
from backend.credentials.changes import read_changes
from backend.credentials.naming import clean
from backend.credentials.service import Saved
from backend.credentials.types import CredentialType, Field, SetupStep
from backend.credentials.usage import find_uses
from backend.store.document import steps_of

Counts = Mapping[str, int]


def types(desk: Desk, _params: Nothing) -> tuple[contract.CredentialType, ...]:
    return tuple(_type(kind) for kind in desk.app.types.types.values())


def list_(desk: Desk, _params: Nothing) -> contract.CredentialList:
    overview = desk.app.credentials.overview()
    counts = _counts(desk)
    problems = [contract.CredentialProblem(each.code, each.message, each.hint) for each in overview.problems]
    return contract.CredentialList(
        tuple(_entry(desk, entry, counts) for entry in overview.entries),
        tuple(_entry(desk, entry, counts) for entry in overview.trash),
        tuple(problems),
    )


def get(desk: Desk, params: contract.CredentialId) -> contract.Entry:
    """Raises CredentialError `credential.not_found`."""
    record = desk.app.credentials.get(params.id)
    return _entry(desk, listing.entry(record, desk.app.types.find(record.type)), _counts(desk))


def create(desk: Desk, params: contract.CredentialCreate) -> contract.CredentialSaved:
    return _saved(
        desk,
        desk.app.credentials.add(
            params.type,
            params.name,
            params.fields,
            allowed_hosts=params.allowed_hosts,
            open_fields=params.open_fields,
        ),
    )


def update(desk: Desk, params: contract.CredentialUpdate) -> contract.CredentialSaved:
    written = {
        key: {"op": change.op} if change.value is None else {"op": change.op, "value": change.value}
        for key, change in params.changes.items()
    }
    return _saved(
        desk,
        desk.app.credentials.edit(
            params.id,
            params.version,
            name=params.name,
            changes=read_changes(written),
            allowed_hosts=params.allowed_hosts,
            open_fields=params.open_fields,
        ),
    )


def delete(desk: Desk, params: contract.CredentialDelete) -> contract.Entry:
    return _saved(desk, desk.app.credentials.delete(params.id, version=params.version)).entry


def restore(desk: Desk, params: contract.CredentialRestore) -> contract.Entry:
    return _saved(desk, desk.app.credentials.restore(params.id, name=params.name)).entry


def usage(desk: Desk, params: contract.CredentialId) -> contract.CredentialUsage:
    """The steps that refer to it, by id or name, and the runs that use it now."""
    record = desk.app.credentials.get(params.id)
    uses = find_uses(desk.app.automations.documents(), record.id, name=record.name)
    steps = [
        contract.UsedByStep(use.automation_id, use.automation_name, use.step_id, use.path) for use in uses
    ]
    active = [run.subject for run in desk.app.runs.active() if record.id in run.subject.credential_ids]
    return contract.CredentialUsage(
        tuple(steps), tuple(contract.UsedByRun(each.run_id, each.name) for each in active)
    )


def _saved(desk: Desk, saved: Saved) -> contract.CredentialSaved:
    desk.hub.notify("credentials")
    notices = [contract.CredentialNotice(each.code, each.field, each.message) for each in saved.notices]
    return contract.CredentialSaved(_entry(desk, saved.entry, _counts(desk)), tuple(notices))


def _counts(desk: Desk) -> Counts:
    """How many steps use each reference, read once for all credentials."""
    found: Counter[str] = Counter()
    for document in desk.app.automations.documents():
        references = (step.get("credentialId") for step in steps_of(document))
        found.update(clean(each) for each in references if isinstance(each, str))
    return found


def _entry(desk: Desk, shown: listing.Entry, counts: Counts) -> contract.Entry:
    states = cast("Mapping[str, Mapping[str, object]]", shown["fields"])
    own = tuple(cast("Sequence[str]", shown["allowedHosts"]))
    kind = desk.app.types.find(str(shown["type"]))
    name, credential_id = str(shown["name"]), str(shown["id"])
    return contract.Entry(
        id=credential_id,
        name=name,
        type=str(shown["type"]),
        created_at=str(shown["createdAt"]),
        updated_at=str(shown["updatedAt"]),
        version=cast("int", shown["version"]),
        allowed_hosts=own,
        hosts=own or _type_hosts(kind, states),
        fields={key: _state(state) for key, state in states.items()},
        used_by=sum(counts.get(reference, 0) for reference in {credential_id, clean(name)}),
        deleted_at=cast("str | None", shown.get("deletedAt")),
    )


def _type_hosts(kind: CredentialType | None, states: Mapping[str, Mapping[str, object]]) -> tuple[str, ...]:
    values = {key: str(state["value"]) for key, state in states.items() if "value" in state}
    return kind.hosts_for(values) if kind else ()


def _state(state: Mapping[str, object]) -> contract.FieldState:
    return contract.FieldState(
        state["set"] is True, state["secret"] is True, cast("str | None", state.get("value"))
    )


def _type(kind: CredentialType) -> contract.CredentialType:
    return contract.CredentialType(
        id=kind.id,
        title=kind.title,
        description=kind.description,
        icon=kind.icon,
        is_builtin=kind.is_builtin,
        schema=kind.schema,
        setup=tuple(_setup(step) for step in kind.setup),
        fields=tuple(_field(field) for field in kind.fields),
        has_own_fields=kind.list_key is not None,
    )


def _setup(step: SetupStep) -> contract.SetupStep:
    return contract.SetupStep(step.title, step.text, step.url or None)


def _field(field: Field) -> contract.TypeField:
    return contract.TypeField(
        key=field.key,
        title=field.title,
        description=field.description,
        is_secret=field.is_secret,
        is_required=field.is_required,
        kind=field.kind,
        choices=field.choices,
        examples=field.examples,
    )


HANDLERS: Mapping[str, Callable[..., object]] = {
    "types": types,
    "list": list_,
    "get": get,
    "create": create,
    "update": update,
    "delete": delete,
    "restore": restore,
    "usage": usage,
}
