"""Keys that an automation's file carries in plain text, and the credentials made of them."""

from collections.abc import Mapping

from backend.app import App
from backend.credentials.records import Owner
from backend.store.document import steps_of
from backend.store.errors import StoreError
from backend.store.inline_secrets import CREDENTIAL_TYPE, extract, refer
from engine.model import Json


def save_without_keys(app: App, document: Mapping[str, Json]) -> str:
    """Save the document, with the keys of its steps moved into the vault. Answers its id."""
    without, found = extract(document)
    automation_id, moved = str(document["id"]), dict[str, str]()
    for each in found:
        name, owner = f"Keys of the step {each.step_id}", Owner(automation_id, each.step_id)
        saved = app.credentials.add(CREDENTIAL_TYPE, name, each.fields, owner=owner)
        moved[each.step_id] = str(saved.entry["id"])
    try:
        return app.automations.save(refer(without, moved))
    except StoreError:
        # Nobody would ever find these credentials again.
        for credential_id in moved.values():
            app.credentials.delete(credential_id)
        raise


def owned_credentials(app: App, automation_id: str) -> list[str]:
    """The ids of the private credentials that this automation's steps refer to."""
    references = {step.get("credentialId") for step in steps_of(app.automations.get(automation_id))}
    records = [app.credentials.find(each) for each in references if isinstance(each, str) and each]
    owners = [(record.id, record.owner) for record in records if record is not None]
    return [found for found, owner in owners if owner is not None and owner.automation_id == automation_id]
