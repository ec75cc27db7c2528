"""Take the secrets out of an automation that carries them in plain text. Pure: nothing is stored here."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.store.document import mutable, steps_of
from engine.model import INLINE_SECRETS, Json
from engine.secrets import Secret

CREDENTIAL_TYPE = "twitter"
STEP_PREFIX = "twitter"


@dataclass(frozen=True, slots=True)
class InlineSecrets:
    """The credential fields that stood in the step `step_id`."""

    step_id: str
    fields: Mapping[str, Secret]


def extract(document: Mapping[str, Json]) -> tuple[dict[str, Json], list[InlineSecrets]]:
    """The document without secrets, and what was taken from each step that names no credential.

    Fields of a step that names one are dropped: the reference wins in a run, too. Empty fields are dropped.
    """
    without = mutable(document)
    found: list[InlineSecrets] = []
    for step in steps_of(without):
        if str(step.get("type", "")).startswith(STEP_PREFIX):
            taken = {key: step.pop(key) for key in INLINE_SECRETS if key in step}
            fields = {key: Secret(value) for key, value in taken.items() if isinstance(value, str) and value}
            if fields and not step.get("credentialId"):
                found.append(InlineSecrets(str(step.get("id", "")), fields))
    return without, found


def refer(document: Mapping[str, Json], credentials: Mapping[str, str]) -> dict[str, Json]:
    """The document in which the steps named by `credentials` (step id to credential id) refer to them."""
    referring = mutable(document)
    for step in steps_of(referring):
        credential_id = credentials.get(str(step.get("id", "")))
        if credential_id is not None:
            step["credentialId"] = credential_id
    return referring
