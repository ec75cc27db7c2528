"""What a credential's fields hold, as they are written into a request: here secrets leave their wrapping."""

import re

from engine.ports import Credential
from engine.secrets import Secret
from engine.signing.error import cannot_sign

_PLACEHOLDER = re.compile(r"\{\{\s*credentials\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")


def field_value(credential: Credential, key: str) -> str:
    """The plain text of a field. Raises SigningError when it is missing or empty."""
    held = credential.fields.get(key)
    value = held.reveal() if isinstance(held, Secret) else held
    if not value:
        raise cannot_sign(f"its field {key} is empty.")
    return value


def role_value(credential: Credential, role: str) -> str:
    """The plain text of the field that plays a role of the signing kind; by default that of its name."""
    return field_value(credential, credential.signing.fields.get(role, role))


def optional_role_value(credential: Credential, role: str) -> str:
    """As `role_value`, but "" when the credential does not have it."""
    key = credential.signing.fields.get(role, role)
    return field_value(credential, key) if credential.fields.get(key) else ""


def fill(template: str, credential: Credential) -> str:
    """`template` with each `{{credentials.<field>}}` filled in, once; any other text stays as it is."""
    return _PLACEHOLDER.sub(lambda found: field_value(credential, found[1]), template)
