"""Methods about what other programs wrote: read, saved, and told of."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from backend.adapters.imports import SavedImport, off_schedules, save_imported
from backend.bridge.contract import imports as contract
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.bridge.errors import bad_params
from backend.importers.source import SOURCES
from backend.schedule.zone import own_zone


def sources(_desk: Desk, _params: Nothing) -> tuple[contract.ImportSource, ...]:
    return tuple(contract.ImportSource(name, each.title, each.what) for name, each in SOURCES.items())


def read(desk: Desk, params: contract.ImportTexts) -> contract.ImportReport:
    """All of it or nothing. Secrets go into the vault, and nowhere into the answer. Raises ImportFailed."""
    source = SOURCES.get(params.source)
    if source is None:
        raise bad_params({"source": "is not known"})
    app = desk.app
    found = [source.read(text, params.password or None) for text in params.texts]
    schedule = off_schedules(app.schedules, datetime.now(UTC), own_zone())
    saved = save_imported(app.automations, app.credentials, *found, schedule=schedule)
    for topic in ("automations", "credentials", "schedules"):
        desk.hub.notify(topic)
    return report(desk, saved)


def report(desk: Desk, saved: SavedImport) -> contract.ImportReport:
    """What came over, with the names that it has here."""
    names = {entry.id: entry.name for entry in desk.app.automations.entries()} if saved.automations else {}
    made = [contract.ImportedItem(each, names[each]) for each in saved.automations]
    keys = [contract.ImportedItem(credential_id, name) for credential_id, name in saved.credentials]
    return contract.ImportReport(tuple(made), tuple(keys), saved.notes)


HANDLERS: Mapping[str, Callable[..., object]] = {"sources": sources, "read": read}
