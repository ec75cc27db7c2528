"""Gives a run the credentials of the vault, in the engine's own terms."""

from collections.abc import Callable

from backend.credentials.records import Record
from backend.credentials.service import CredentialService
from backend.credentials.type_book import TypeBook
from backend.vault.errors import VaultError
from engine.errors import LoopiError
from engine.ports import Credential, Signing


class VaultCredentials:
    """`engine.ports.Credentials` over the saved credentials."""

    def __init__(self, service: Callable[[], CredentialService], types: Callable[[], TypeBook]) -> None:
        self._service = service
        self._types = types

    def find(self, reference: str) -> Credential | None:
        """The credential with this id, or else with exactly this name; None when there is none.

        Raises LoopiError with the vault's own code when the vault cannot be read.
        """
        service = self._service()
        try:
            record = service.find(reference)
        except VaultError as error:
            raise LoopiError(error.code, error.message, hint=error.hint) from None
        if record is None:
            return None
        if not record.allowed_hosts and self._types().find(record.type) is None:
            raise _hostless(record)
        hosts = service.hosts(record)
        return Credential(
            record.id, record.name, record.type, record.fields, self._signing(record.type), hosts
        )

    def _signing(self, type_id: str) -> Signing:
        """That of the type. A credential whose type is gone signs nothing by itself."""
        kind = self._types().find(type_id)
        if kind is None:
            return Signing()
        own = kind.signing
        return Signing(own.kind, own.name, own.value, own.fields)


def _hostless(record: Record) -> LoopiError:
    """Its type said where it may go. Without the type it must not go anywhere, rather than everywhere."""
    return LoopiError(
        "credential.unknown_type",
        f"The credential “{record.name}” is of the type {record.type}, whose file is missing or broken: "
        "nobody can say which hosts it may go to. Nothing was sent.",
        hint="Correct the type's file (loopi credentials types), or name the hosts: "
        "loopi credentials edit NAME --allow-host HOST.",
    )
