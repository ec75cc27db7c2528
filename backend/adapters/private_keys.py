"""The private credentials of an automation's steps: keys that were typed into a step, or came in its file.

A private credential lives as long as a step of its automation names it. One that no step names goes into the
trash, unseen, and comes back when a step names it again: so Undo in the editor brings it back with its step.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from backend.credentials.adding import New
from backend.credentials.records import Owner, Record
from backend.credentials.service import CredentialService
from backend.store.automations import AutomationEntry, AutomationStore
from backend.store.document import mutable, steps_of
from backend.store.errors import StoreError
from backend.store.inline_secrets import CREDENTIAL_TYPE, InlineSecrets, extract, refer
from engine.model import Json

Document = Mapping[str, Json]


def save_without_keys(
    automations: AutomationStore, credentials: CredentialService, document: Document
) -> dict[str, str]:
    """Save the document, with the keys of its steps moved into the vault: the credential's id by step id."""
    without, found = extract(document)
    moved = add_keys(credentials, str(document["id"]), found)
    with _forgetting(credentials, moved):
        automations.save(refer(without, moved))
    return moved


def add_keys(
    credentials: CredentialService, automation_id: str, found: Sequence[InlineSecrets]
) -> dict[str, str]:
    """Save the keys of steps in one change of the vault: the credential's id by step id."""
    news = [
        New(
            CREDENTIAL_TYPE,
            f"Keys of the step {each.step_id}",
            each.fields,
            owner=Owner(automation_id, each.step_id),
        )
        for each in found
    ]
    saved = credentials.add_all(news) if news else ()
    return {each.step_id: str(one.entry["id"]) for each, one in zip(found, saved, strict=True)}


def save_copy(automations: AutomationStore, credentials: CredentialService, document: Document) -> None:
    """Save a copy that has an id of its own: what is private to the original is copied with it.

    Keys that the file holds in plain text go into the vault, too.
    """
    copied = mutable(document)
    automation_id, made = str(document["id"]), dict[str, str]()
    for step in steps_of(copied):
        record = _named(credentials, step)
        if record is None or record.owner is None:
            continue
        if record.id not in made:
            owner = Owner(automation_id, str(step.get("id", "")))
            made[record.id] = _copy(credentials, record, owner)
        step["credentialId"] = made[record.id]
    with _forgetting(credentials, made):
        save_without_keys(automations, credentials, copied)


def settle(credentials: CredentialService, document: Document) -> None:
    """Bring the private credentials of an automation in line with what its steps name, after a save."""
    named = {step.get("credentialId") for step in steps_of(document)}
    for record in credentials.owned(str(document["id"])):
        if record.id in named and record.deleted_at is not None:
            credentials.restore(record.id)
        elif record.id not in named and record.deleted_at is None:
            credentials.delete(record.id)


def delete_with_keys(
    automations: AutomationStore, credentials: CredentialService, entry: AutomationEntry
) -> None:
    """Delete an automation, and the private credentials of its steps."""
    owned = [] if entry.problem else credentials.owned(entry.id)
    automations.delete(entry.id)
    for record in owned:
        if record.deleted_at is None:
            credentials.delete(record.id)


@contextmanager
def _forgetting(credentials: CredentialService, made: Mapping[str, str]) -> Iterator[None]:
    """What was made for a file goes when the file cannot be saved."""
    try:
        yield
    except StoreError:
        # Nobody would ever find these credentials again.
        for credential_id in made.values():
            credentials.delete(credential_id)
        raise


def _named(credentials: CredentialService, step: Document) -> Record | None:
    reference = step.get("credentialId")
    return credentials.find(reference) if isinstance(reference, str) and reference else None


def _copy(credentials: CredentialService, record: Record, owner: Owner) -> str:
    saved = credentials.add(
        record.type,
        record.name,
        record.fields,
        allowed_hosts=record.allowed_hosts,
        owner=owner,
        open_fields=record.open_fields,
    )
    return str(saved.entry["id"])
