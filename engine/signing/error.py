"""Why a request could not be signed. A message names fields, never what they hold."""

from engine.errors import LoopiError


class SigningError(LoopiError):
    """The credential cannot sign. Codes begin with `credential.`; the step's address got nothing."""


def cannot_sign(what: str) -> SigningError:
    """The error for a credential that lacks what its way of signing needs."""
    return SigningError(
        "credential.cannot_sign",
        f"The credential cannot sign a request: {what}",
        hint="Complete it (`loopi credentials edit NAME`), or place it with {{credentials.…}} in the step.",
    )
