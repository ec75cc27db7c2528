"""Stands where the network and the journal stand in a run that sends nothing: it is not able to."""

from typing import NoReturn

from engine.errors import LoopiError
from engine.template.unsent import NOT_SENT

__all__ = ["NOT_SENT", "Nothing", "Nowhere"]


class Nowhere:
    """Stands where the HTTP client stands: it has no network."""

    def send(self, *_: object, **__: object) -> NoReturn:
        raise LoopiError(NOT_SENT, "This step asks something else first.")


class Nothing:
    """Nothing is done that would have to be remembered."""

    def intend(self, path: str, attempt: int) -> None:  # noqa: ARG002 - the port's form
        return None

    withdraw = intend
