"""What an automation from elsewhere would use of this user's: credentials and automations it only names.

A stranger can guess a name such as OpenWeather. A credential goes to its allowed hosts alone; one that has
none goes where the file says. So it is told, before anything runs.
"""

from collections.abc import Iterator, Mapping

from backend.credentials.service import CredentialService
from backend.store.automations import AutomationStore
from backend.store.document import steps_of
from backend.store.errors import StoreError
from backend.vault.errors import VaultError
from engine.model import Json

RUN_AUTOMATION = "runAutomation"


def borrowed(
    document: Mapping[str, Json],
    automations: AutomationStore,
    credentials: CredentialService,
    *,
    own: frozenset[str] = frozenset(),
) -> list[str]:
    """A note for each thing of the user's that the steps name. The ids in `own` came with it."""
    notes: dict[str, None] = {}
    for step in steps_of(document):
        reference, called = step.get("credentialId"), step.get("automation")
        if isinstance(reference, str) and reference and reference not in own:
            notes.update(dict.fromkeys(_credential(credentials, reference)))
        if step.get("type") == RUN_AUTOMATION and isinstance(called, str) and called not in own:
            notes.update(dict.fromkeys(_automation(automations, called)))
    return list(notes)


def _credential(credentials: CredentialService, reference: str) -> Iterator[str]:
    try:
        record = credentials.find(reference)
    except VaultError:
        yield f"It names the credential “{reference[:80]}”: if you have one of that name, it would be used."
        return
    if record is not None:
        yield f"It uses your credential “{record.name}”: look where its steps send that before you run it."


def _automation(automations: AutomationStore, reference: str) -> Iterator[str]:
    try:
        found = automations.find(reference)
    except StoreError:
        return
    yield f"It runs your automation “{found.name}” and sees what that leaves: look what it does with it."
