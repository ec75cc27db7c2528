"""Methods about credentials. What goes out is what `backend.credentials.listing` shows: no secret."""

from collections.abc import Callable, Mapping

from backend.adapters.credential_state import Known
from backend.bridge.contract import credentials as contract
from backend.bridge.contract.automations import AutomationId
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.bridge.handlers.credential_entry import entry_of
from backend.credentials import listing
from backend.credentials.changes import read_changes
from backend.credentials.records import Owner
from backend.credentials.service import Saved
from backend.credentials.types import CredentialType, Field, SetupStep
from backend.credentials.usage import find_uses


def types(desk: Desk, _params: Nothing) -> tuple[contract.CredentialType, ...]:
    return tuple(_type(kind) for kind in desk.app.types.types.values())


def list_(desk: Desk, _params: Nothing) -> contract.CredentialList:
    """What has been in the trash for too long goes first: a list is asked for often enough."""
    app = desk.app
    if gone := app.credentials.purge():
        app.uses.forget(gone)
    overview, known = app.credentials.overview(), Known.read(app.automations, app.uses)
    problems = [contract.CredentialProblem(each.code, each.message, each.hint) for each in overview.problems]
    return contract.CredentialList(
        tuple(entry_of(app, entry, known) for entry in overview.entries),
        tuple(entry_of(app, entry, known) for entry in overview.trash),
        tuple(problems),
    )


def get(desk: Desk, params: contract.CredentialId) -> contract.Entry:
    """Raises CredentialError `credential.not_found`."""
    record = desk.app.credentials.get(params.id)
    return _shown(desk, listing.entry(record, desk.app.types.find(record.type)))


def create(desk: Desk, params: contract.CredentialCreate) -> contract.CredentialSaved:
    return _saved(
        desk,
        desk.app.credentials.add(
            params.type,
            params.name,
            params.fields,
            allowed_hosts=params.allowed_hosts,
            open_fields=params.open_fields,
            owner=Owner(params.owner.automation_id, params.owner.step_id) if params.owner else None,
        ),
    )


def private(desk: Desk, params: AutomationId) -> tuple[contract.Entry, ...]:
    """The private credentials that the steps of an automation name."""
    app = desk.app
    known = Known.read(app.automations, app.uses)
    records = [each for each in desk.app.credentials.owned(params.id) if each.deleted_at is None]
    shown = [listing.entry(each, desk.app.types.find(each.type)) for each in records]
    return tuple(entry_of(app, each, known) for each in shown)


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
        contract.UsedByStep(
            use.automation_id, use.automation_name, use.step_id, use.step_description, use.path
        )
        for use in uses
    ]
    active = [run.subject for run in desk.app.runs.active() if record.id in run.subject.credential_ids]
    return contract.CredentialUsage(
        tuple(steps), tuple(contract.UsedByRun(each.run_id, each.name) for each in active)
    )


def test(desk: Desk, params: contract.CredentialId) -> contract.CredentialTested:
    """Sends one request, and remembers the answer. Raises CredentialError `credential.not_found`."""
    record = desk.app.credentials.get(params.id)
    kind = desk.app.types.find(record.type)
    tested = desk.app.tester.test(record.id, kind)
    desk.hub.notify("credentials")
    entry = _shown(desk, listing.entry(record, kind))
    return contract.CredentialTested(tested.outcome, tested.message, tested.hint, entry)


def _saved(desk: Desk, saved: Saved) -> contract.CredentialSaved:
    desk.hub.notify("credentials")
    notices = [contract.CredentialNotice(each.code, each.field, each.message) for each in saved.notices]
    return contract.CredentialSaved(_shown(desk, saved.entry), tuple(notices))


def _shown(desk: Desk, entry: listing.Entry) -> contract.Entry:
    return entry_of(desk.app, entry, Known.read(desk.app.automations, desk.app.uses))


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
    "private": private,
    "test": test,
}
