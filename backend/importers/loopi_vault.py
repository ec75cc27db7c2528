"""The credentials that the Electron app kept: its file, and what each becomes here. Reads; changes nothing.

The file is AES-256-CBC under a key from scrypt, with a password from the environment or, mostly, the one that
is built into that app. Nothing proves that the content is unchanged, so all of it is checked as any input is.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence

from backend.importers.imported import ImportFailed, NewCredential
from backend.importers.named_fields import field_names
from engine.secrets import Secret

BUILT_IN_PASSWORD = "loopi-default-key-change-this-in-production"  # noqa: S105 - published with that app
MAX_TEXT = 16 * 1024 * 1024
MAX_CREDENTIALS = 10_000
ADVICE = (
    "Make new keys at the services: the old file is still there, and everybody who can read it can open it."
)
# Its type, ours, and the fields without which it is none.
_OURS: Mapping[str, tuple[str, ...]] = {
    "twitter": ("apiKey", "apiSecret", "accessToken", "accessSecret"),
    "oauth": ("clientId", "clientSecret", "redirectUri"),
    "apiKey": ("apiKey",),
    "basic": ("username", "password"),
}
_SEALED = re.compile(r"([0-9a-f]{32}):((?:[0-9a-f]{32})+)")


def is_loopi_vault(text: str) -> bool:
    """Whether a text has the shape of that file."""
    return _sealed(text) is not None


def read_loopi_vault(text: str, password: str | None) -> tuple[NewCredential, ...]:
    """The credentials of the file; the built-in password opens it when none is given.

    Raises ImportFailed `import.no_loopi_vault`, `import.wrong_key`. No message repeats what is in it.
    """
    found = _sealed(text)
    if found is None:
        raise ImportFailed(
            "import.no_loopi_vault",
            "This is no credentials file of the Electron app.",
            hint="It is called credentials.json and lies in the app's folder, such as ~/.config/loopi.",
        )
    return tuple(_credential(each) for each in _records(_opened(*found, password or BUILT_IN_PASSWORD)))


def _sealed(text: str) -> tuple[bytes, bytes] | None:
    try:
        document = json.loads(text) if len(text) <= MAX_TEXT else None
    except (ValueError, RecursionError):
        return None
    sealed = document.get("credentials") if isinstance(document, dict) else None
    found = _SEALED.fullmatch(sealed) if isinstance(sealed, str) else None
    return (bytes.fromhex(found[1]), bytes.fromhex(found[2])) if found else None


def _opened(iv: bytes, content: bytes, password: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.padding import PKCS7

    key = hashlib.scrypt(password.encode(), salt=b"salt", n=16_384, r=8, p=1, dklen=32)
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    remover = PKCS7(128).unpadder()
    try:
        padded = decryptor.update(content) + decryptor.finalize()
        return remover.update(padded) + remover.finalize()
    except ValueError:
        raise _wrong_key() from None


def _records(content: bytes) -> Sequence[Mapping[str, object]]:
    try:
        found = json.loads(content.decode())
    except (ValueError, RecursionError):
        # `from None`: the exception holds the text.
        raise _wrong_key() from None
    if not isinstance(found, list) or len(found) > MAX_CREDENTIALS:
        raise _wrong_key()
    return [each for each in found if isinstance(each, dict) and isinstance(each.get("data"), dict)]


def _credential(record: Mapping[str, object]) -> NewCredential:
    """As one of our types when it has all that the type needs, else as Custom with the same fields."""
    data = record["data"]
    fields = {str(key): str(value) for key, value in data.items() if value} if isinstance(data, dict) else {}
    kind = str(record.get("type") or "custom")
    is_ours = kind in _OURS and all(fields.get(key) for key in _OURS[kind])
    named = fields if is_ours else field_names(fields)
    name = "".join(filter(str.isprintable, " ".join(str(record.get("name") or kind).split())))[:100] or kind
    return NewCredential(
        name,
        kind if is_ours else "custom",
        {key: Secret(value) for key, value in named.items()},
        reference=str(record.get("id") or ""),
    )


def _wrong_key() -> ImportFailed:
    return ImportFailed(
        "import.wrong_key",
        "The credentials file of the Electron app does not open with this key.",
        hint="If that app was started with LOOPI_ENCRYPTION_KEY, set it to the same value here.",
    )
