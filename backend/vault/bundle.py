"""A file for another machine: the vault's format with other content and one slot, that of a passphrase.

Knows no path and no vault: bytes in, bytes out. What is inside is the caller's affair.
"""

import os
from collections.abc import Mapping

from backend.vault import body, canonical, opening, secret
from backend.vault import format as vault_format
from backend.vault.cipher import IV_SIZE_BYTES
from backend.vault.errors import VaultError
from backend.vault.kdf import KEY_SIZE_BYTES
from backend.vault.slots import PASSPHRASE, DataKey, Entropy, SlotKey, make_slot

SCHEMA = "loopi-bundle/1"  # where a vault has a number: neither opens as the other


def seal(content: Mapping[str, object], passphrase: str, *, entropy: Entropy = os.urandom) -> bytes:
    """The bytes of a whole file, under a data key of its own.

    Raises:
        VaultError: `vault.bad_passphrase`, `vault.not_json` or `vault.too_large`.
    """
    given = secret.passphrase(passphrase, "The passphrase")
    if given.doubt:
        raise VaultError("vault.bad_passphrase", "The passphrase ends with a line break.")
    try:
        plaintext = canonical.dump({**content, "schema": SCHEMA})
    except (TypeError, ValueError, RecursionError):
        # Without its cause: the text of a JSON error may quote the value.
        raise VaultError("vault.not_json") from None
    data_key = entropy(KEY_SIZE_BYTES)
    slot = make_slot(data_key, SlotKey(PASSPHRASE, entropy(8).hex(), given.value), entropy=entropy)
    return body.seal_content(plaintext, DataKey(data_key, (slot,)), generation=1, iv=entropy(IV_SIZE_BYTES))


def unseal(data: bytes, passphrase: str) -> dict[str, object]:
    """The content, without its schema.

    Raises:
        VaultError: as for a vault; `vault.schema` for a file of another kind, a copy of a vault among them.
    """
    sealed = vault_format.parse(data)
    # One slot: who made the file does not choose how many keys are derived before it is refused.
    if [slot.type for slot in sealed.slots] != [PASSPHRASE]:
        raise VaultError("vault.schema")
    given = secret.passphrase(passphrase, "The passphrase")
    content = body.unseal_content(sealed, opening.unlock_with(sealed.slots, given).data_key)
    if not isinstance(content, dict) or content.pop("schema", None) != SCHEMA:
        raise VaultError("vault.schema")
    return content
