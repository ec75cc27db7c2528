"""Keys that an automation's file carries in plain text, and the credentials that are made of them."""

from collections.abc import Mapping

from backend.credentials.records import Owner
from backend.credentials.service import CredentialService
from backend.store.automations import AutomationEntry, AutomationStore
from backend.store.document import steps_of
from backend.store.errors import StoreError
from backend.store.inline_secrets import CREDENTIAL_TYPE, extract, refer
from engine.model import Json


def save_without_keys(
    automations: AutomationStore, credentials: CredentialService, document: Mapping[str, Json]
) -> dict[str, str]:
    """Save the document, with the keys of its steps moved into the vault: the credential's id by step id."""
    without, found = extract(document)
    automation_id, moved = str(document["id"]), dict[str, str]()
    for each in found:
        name, owner = f"Keys of the step {each.step_id}", Owner(automation_id, each.step_id)
        saved = credentials.add(CREDENTIAL_TYPE, name, each.fields, owner=owner)
        moved[each.step_id] = str(saved.entry["id"])
    try:
        automations.save(refer(without, moved))
    except StoreError:
        # Nobody would ever find these credentials again.
        for credential_id in moved.values():
            credentials.delete(credential_id)
        raise
    return moved


def delete_with_keys(
    automations: AutomationStore, credentials: CredentialService, entry: AutomationEntry
) -> None:
    """Delete an automation, and the private credentials of its steps, which a broken file cannot name."""
    owned = [] if entry.problem else _owned(automations, credentials, entry.id)
    automations.delete(entry.id)
    for credential_id in owned:
        credentials.delete(credential_id)


def _owned(automations: AutomationStore, credentials: CredentialService, automation_id: str) -> list[str]:
    references = {step.get("credentialId") for step in steps_of(automations.get(automation_id))}
    records = [credentials.find(each) for each in references if isinstance(each, str) and each]
    owners = [(record.id, record.owner) for record in records if record is not None]
    return [found for found, owner in owners if owner is not None and owner.automation_id == automation_id]
