"""A saved step as a curl command: its credential is asked for its type and what of it may be shown."""

from backend.credentials.service import CredentialService
from backend.credentials.type_book import TypeBook
from backend.importers.curl_copy import Copied, copy_as_curl
from backend.store.document import steps_of
from engine.errors import LoopiError
from engine.model import Json


def step_as_curl(
    document: dict[str, Json], step_id: str, credentials: CredentialService, types: TypeBook
) -> Copied:
    """Raises LoopiError `run.no_such_step`, `import.no_call`, and as the vault. Looks at no secret."""
    step = next((each for each in steps_of(document) if each.get("id") == step_id), None)
    if step is None:
        raise LoopiError(
            "run.no_such_step",
            f"The automation has no step {step_id!r}.",
            hint="`loopi automations show NAME` shows its steps.",
        )
    if step.get("type") != "apiCall":
        raise LoopiError(
            "import.no_call",
            f"The step {step_id!r} is no API call, so it is no curl command.",
            hint="Choose a step of the type apiCall.",
        )
    reference = step.get("credentialId")
    record = credentials.find(reference) if isinstance(reference, str) and reference else None
    shown = {key: value for key, value in record.fields.items() if isinstance(value, str)} if record else {}
    return copy_as_curl(step, types.find(record.type) if record else None, shown)
