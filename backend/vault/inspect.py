"""Look into any vault file with the secrets of this process. Writes nothing, takes no lock."""

from pathlib import Path

from backend.vault.body import SCHEMA
from backend.vault.errors import RESTORE, VaultError
from backend.vault.file import read_vault
from backend.vault.keys import KeySource
from backend.vault.opening import Content, open_vault
from backend.vault.status import describe_slots


def inspect_file(path: Path, keys: KeySource) -> dict[str, object]:
    """`{"ok": true, "schema", "generation", "credentials": count, "slots": [{"type", "kid", "iter"}]}`.

    Raises:
        VaultError: every code of docs/vault-format.md; `vault.missing` when there is no such file.
    """
    try:
        content = _content(path, keys)
    except VaultError as error:
        raise _of_any_file(error) from error
    return {
        "ok": True,
        "schema": SCHEMA,
        "generation": content.generation,
        "credentials": len(content.credentials),
        "slots": [slot.to_json() for slot in describe_slots(content.key.slots)],
    }


def _content(path: Path, keys: KeySource) -> Content:
    found = read_vault(path)
    if found is None:
        raise VaultError("vault.missing", "There is no such file.", hint="Check the path.")
    return open_vault(found[0], keys)


def _of_any_file(error: VaultError) -> VaultError:
    """The same error in words that do not take the file for the user's own vault: it may be any file."""
    if error.code == "vault.not_a_vault":
        return VaultError(error.code, "This file is not a Loopi vault.", hint="Check the path.")
    hint = "If it is your vault, `loopi vault restore` puts its backup in its place. Else take another copy."
    return VaultError(error.code, error.message, hint=error.hint.replace(RESTORE, hint))
