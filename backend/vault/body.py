"""The vault's content: credentials as JSON, sealed with the data key. Pure; looks into no credential."""

import json

from backend.vault import canonical, cipher, kdf
from backend.vault import format as vault_format
from backend.vault.errors import VaultError
from backend.vault.format import Sealed
from backend.vault.slots import DataKey

SCHEMA = 1

Credential = dict[str, object]


def seal(credentials: list[Credential], key: DataKey, *, generation: int, iv: bytes) -> bytes:
    """The bytes of a whole vault file.

    Raises:
        VaultError: `vault.not_json`, `vault.too_large` or `vault.too_many_slots`.
    """
    return seal_content(encode(credentials), key, generation=generation, iv=iv)


def seal_content(plaintext: bytes, key: DataKey, *, generation: int, iv: bytes) -> bytes:
    """As `seal`, of any content."""
    ciphertext = cipher.encrypt(kdf.subkey(key.value, "body-enc"), iv, plaintext)
    signed = vault_format.signed_part(generation, key.slots, iv=iv, ciphertext=ciphertext)
    return vault_format.assemble(signed, cipher.mac(kdf.subkey(key.value, "body-mac"), signed))


def is_sealed_with(sealed: Sealed, data_key: bytes) -> bool:
    """Whether this data key made the file's MAC. Decrypts nothing."""
    return cipher.is_authentic(kdf.subkey(data_key, "body-mac"), sealed.signed, sealed.tag)


def unseal(sealed: Sealed, data_key: bytes) -> list[Credential]:
    """The credentials, each a new object.

    Raises:
        VaultError: `vault.tampered` when the MAC is wrong, `vault.schema` when the content is not ours.
    """
    return _check_schema(unseal_content(sealed, data_key))


def unseal_content(sealed: Sealed, data_key: bytes) -> object:
    """The JSON value inside, whatever it is. Raises as `unseal`."""
    if not is_sealed_with(sealed, data_key):
        raise VaultError("vault.tampered")
    try:
        plaintext = cipher.decrypt(kdf.subkey(data_key, "body-enc"), sealed.iv, sealed.ciphertext)
        return canonical.load(plaintext)
    except (ValueError, RecursionError):
        raise VaultError("vault.schema") from None


def _check_schema(content: object) -> list[Credential]:
    if not isinstance(content, dict) or set(content) != {"schema", "credentials"}:
        raise VaultError("vault.schema")
    schema, credentials = content["schema"], content["credentials"]
    if isinstance(schema, bool) or not isinstance(schema, int) or schema != SCHEMA:
        raise VaultError("vault.schema")
    return _check_list(credentials, code="vault.schema")


def _check_list(credentials: object, *, code: str) -> list[Credential]:
    if not isinstance(credentials, list) or not all(isinstance(record, dict) for record in credentials):
        raise VaultError(code)
    return credentials


def encode(credentials: list[Credential]) -> bytes:
    """The plaintext of a vault.

    Raises:
        VaultError: `vault.not_json`.
    """
    _check_list(credentials, code="vault.not_json")
    try:
        text = json.dumps(
            {"schema": SCHEMA, "credentials": credentials}, separators=(",", ":"), allow_nan=False
        )
    except (TypeError, ValueError, RecursionError):
        # Without its cause: the text of a JSON error may quote the value.
        raise VaultError("vault.not_json") from None
    return text.encode("ascii")
