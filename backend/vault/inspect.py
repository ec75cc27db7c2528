"""Look into any vault file with the secrets of this process. Writes nothing, takes no lock."""

from pathlib import Path

from backend.vault.body import SCHEMA
from backend.vault.errors import VaultError
from backend.vault.file import read_vault
from backend.vault.keys import KeySource
from backend.vault.opening import open_vault
from backend.vault.status import describe_slots


def inspect_file(path: Path, keys: KeySource) -> dict[str, object]:
    """`{"ok": true, "schema", "generation", "credentials": count, "slots": [{"type", "kid", "iter"}]}`.

    Raises:
        VaultError: every code of docs/vault-format.md; `vault.missing` when there is no such file.
    """
    found = read_vault(path)
    if found is None:
        raise VaultError("vault.missing", "There is no such file.", hint="Check the path.")
    content = open_vault(found[0], keys)
    return {
        "ok": True,
        "schema": SCHEMA,
        "generation": content.generation,
        "credentials": len(content.credentials),
        "slots": [slot.to_json() for slot in describe_slots(content.key.slots)],
    }
