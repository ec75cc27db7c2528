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
        try:
            record = self._service().find(reference)
        except VaultError as error:
            raise LoopiError(error.code, error.message, hint=error.hint) from None
        return None if record is None else self._credential(record)

    def _credential(self, record: Record) -> Credential:
        kind = self._types().find(record.type)
        if kind is None:
            return Credential(record.id, record.name, record.type, record.fields, hosts=record.allowed_hosts)
        own = kind.signing
        signing = Signing(own.kind, own.name, own.value, own.fields)
        hosts = record.allowed_hosts or kind.hosts_for(record.fields)
        return Credential(record.id, record.name, record.type, record.fields, signing, hosts)
