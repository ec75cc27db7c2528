"""Puts records into a vault by their ids, and reads these back. The fixtures lie beside the vault's tests."""

from collections.abc import Callable
from typing import TypeAlias

from backend.vault.vault import Vault

CodeOf: TypeAlias = Callable[[Callable[[], object]], str]
OpenWith: TypeAlias = Callable[..., Vault]
FILE = "credentials.json.enc"
PHRASE = {"LOOPI_VAULT_PASSPHRASE": "old word"}


def ids(vault: Vault) -> list[object]:
    return [record["id"] for record in vault.read().credentials]


def add(vault: Vault, *names: str) -> None:
    new: list[dict[str, object]] = [{"id": name} for name in names]
    vault.change(lambda records: records + new)
