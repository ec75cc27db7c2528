"""Methods about the saved automations and the examples that come with the program."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import cast

from backend import resources
from backend.adapters.borrowing import borrowed
from backend.adapters.private_keys import delete_with_keys, save_copy, save_without_keys, settle
from backend.app import App
from backend.bridge.contract import automations as contract
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.bridge.errors import bad_params
from backend.store.automations import as_document, read_document
from backend.store.document import steps_of, version_of
from backend.store.errors import StoreError
from backend.store.inline_secrets import extract
from engine.estimate import Cost, estimate
from engine.model import Json
from engine.parse.document import FORMAT, warnings
from engine.parse.problem import InvalidAutomation, Problem

Document = Mapping[str, Json]


def list_(desk: Desk, _params: Nothing) -> tuple[contract.AutomationEntry, ...]:
    app = desk.app
    missing = {
        str(document.get("id")): sum(1 for each in _references(document) if _is_missing(app, each))
        for document in app.automations.documents()
    }
    return tuple(
        contract.AutomationEntry(
            id=entry.id,
            name=entry.name,
            description=entry.description,
            steps=entry.steps,
            updated_at=entry.updated_at,
            missing_credentials=missing.get(entry.id, 0),
            problem=entry.problem or None,
        )
        for entry in app.automations.entries()
    )


def get(desk: Desk, params: contract.AutomationId) -> contract.AutomationView:
    """A file that carries keys in plain text is shown without them, and with a warning."""
    document = desk.app.automations.get(params.id)
    checked = _checked(desk.app, document)
    without, _ = extract(document)
    return contract.AutomationView(
        without, version_of(document), checked.problems, checked.warnings, checked.cost
    )


def save(desk: Desk, params: contract.AutomationSave) -> contract.AutomationView:
    """Saves with problems too: only a run refuses them.

    Raises StoreError, `automation.changed_elsewhere` among them, and Refusal `bridge.bad_params`.
    """
    document = cast("Document", params.document)
    wrong = {
        f"document.{key}": "must be text, and not empty"
        for key in ("id", "name")
        if not isinstance(document.get(key), str) or not document[key]
    }
    if wrong:
        raise bad_params(wrong)
    automation_id = desk.app.automations.save(document, version=params.version)
    settle(desk.app.credentials, document)
    return _view(desk, automation_id)


def create(desk: Desk, params: contract.AutomationCreate) -> contract.AutomationView:
    blank: Document = {"format": FORMAT, "name": params.name.strip() or "Automation", "steps": []}
    return _view(desk, desk.app.automations.save(desk.app.automations.prepare(blank)))


def duplicate(desk: Desk, params: contract.AutomationId) -> contract.AutomationView:
    store = desk.app.automations
    prepared = store.prepare(store.get(params.id))
    save_copy(store, desk.app.credentials, prepared)
    return _view(desk, str(prepared["id"]))


def delete(desk: Desk, params: contract.AutomationId) -> Nothing:
    """The private credentials of its steps go with it, and its schedules."""
    app, entry = desk.app, desk.app.automations.find(params.id)
    delete_with_keys(app.automations, app.credentials, entry)
    app.schedules.remove_of(entry.id)
    desk.hub.notify("automations")
    desk.hub.notify("schedules")
    return Nothing()


def import_(desk: Desk, params: contract.AutomationText) -> contract.AutomationImported:
    """Raises InvalidAutomation with every problem. Keys in plain text go into the vault."""
    app = desk.app
    document = as_document(params.text, name="The text")
    app.parse(document)
    prepared = app.automations.prepare(document)
    notes = tuple(borrowed(prepared, app.automations, app.credentials))
    moved = save_without_keys(app.automations, app.credentials, prepared)
    view = _view(desk, str(prepared["id"]))
    missing = [
        each for each in dict.fromkeys(_references(cast("Document", view.document))) if _is_missing(app, each)
    ]
    name = str(prepared["name"])
    return contract.AutomationImported(str(prepared["id"]), name, len(moved), tuple(missing), notes)


def export(desk: Desk, params: contract.AutomationId) -> contract.AutomationExport:
    store = desk.app.automations
    entry = store.find(params.id)
    text = store.export(entry.id).decode()
    slug = re.sub(r"[^a-z0-9]+", "-", entry.name.casefold()).strip("-") or "automation"
    references = dict.fromkeys(_references(store.get(entry.id)))
    return contract.AutomationExport(
        text, f"{slug}.json", tuple(_needed(desk.app, each) for each in references)
    )


def check(desk: Desk, params: contract.AutomationDocument) -> contract.AutomationCheck:
    return _checked(desk.app, cast("Document", params.document))


def examples(_desk: Desk, _params: Nothing) -> tuple[contract.Example, ...]:
    return tuple(
        contract.Example(name, str(document.get("name", name)), str(document.get("description", "")))
        for name, document in ((file.stem, read_document(file)) for file in _examples().values())
    )


def add_example(desk: Desk, params: contract.ExampleName) -> contract.AutomationView:
    """Raises StoreError `automation.missing`."""
    file = _examples().get(params.name)
    if file is None:
        raise StoreError("automation.missing", "There is no such example.", hint="Choose one of the list.")
    return _view(desk, desk.app.automations.save(desk.app.automations.prepare(read_document(file))))


def _view(desk: Desk, automation_id: str) -> contract.AutomationView:
    desk.hub.notify("automations")
    desk.hub.notify("credentials")
    return get(desk, contract.AutomationId(automation_id))


def _checked(app: App, document: Document) -> contract.AutomationCheck:
    try:
        automation = app.linked(app.parse(document))
    except InvalidAutomation as invalid:
        return contract.AutomationCheck(_shown(invalid.problems), ())
    return contract.AutomationCheck((), _shown(warnings(automation)), _cost(estimate(automation)))


def _shown(problems: Iterable[Problem]) -> tuple[contract.Problem, ...]:
    return tuple(contract.Problem(each.path, each.message) for each in problems)


def _cost(cost: Cost) -> contract.Cost | None:
    if cost.is_free:
        return None
    return contract.Cost(cost.price.least / 1000, cost.price.most / 1000, cost.in_words(), cost.loops)


def _references(document: Document) -> list[str]:
    references = (step.get("credentialId") for step in steps_of(document))
    return [each for each in references if isinstance(each, str) and each]


def _is_missing(app: App, reference: str) -> bool:
    return app.credentials.find(reference) is None


def _needed(app: App, reference: str) -> contract.NeededCredential:
    record = app.credentials.find(reference)
    return (
        contract.NeededCredential(reference, "")
        if record is None
        else contract.NeededCredential(record.name, record.type)
    )


def _examples() -> dict[str, Path]:
    return {file.stem: file for file in sorted(resources.examples().glob("*.json"))}


HANDLERS: Mapping[str, Callable[..., object]] = {
    "list": list_,
    "get": get,
    "save": save,
    "create": create,
    "duplicate": duplicate,
    "delete": delete,
    "import": import_,
    "export": export,
    "check": check,
    "examples": examples,
    "addExample": add_example,
}
