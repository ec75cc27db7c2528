"""Keys from secrets: PBKDF2-HMAC-SHA256 (RFC 8018) and HKDF-Expand (RFC 5869). Pure; knows no file."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

NAME = "PBKDF2-HMAC-SHA256"
KEY_SIZE_BYTES = 32
MIN_ITERATIONS = 100_000
MAX_ITERATIONS = 10_000_000
PASSPHRASE_ITERATIONS = 600_000  # OWASP's number for PBKDF2-HMAC-SHA256
RANDOM_KEY_ITERATIONS = 100_000


def stretch(secret: bytes, salt: bytes, *, iterations: int, size_bytes: int = KEY_SIZE_BYTES) -> bytes:
    """The key made from a secret: `size_bytes` bytes. 17 ms at 100,000 iterations: once per process."""
    return PBKDF2HMAC(SHA256(), length=size_bytes, salt=salt, iterations=iterations).derive(secret)


def expand(key: bytes, info: bytes, *, size_bytes: int = KEY_SIZE_BYTES) -> bytes:
    return HKDFExpand(SHA256(), length=size_bytes, info=info).derive(key)


def subkey(key: bytes, purpose: str) -> bytes:
    """The 32-byte key for one purpose: `slot-enc`, `slot-mac`, `body-enc` or `body-mac`."""
    return expand(key, b"loopi-vault/v1/" + purpose.encode())


def is_accepted(name: object, iterations: object) -> bool:
    """Whether a file's wish for a key derivation is within the policy; asked before any derivation."""
    if name != NAME or not isinstance(iterations, int) or isinstance(iterations, bool):
        return False
    return MIN_ITERATIONS <= iterations <= MAX_ITERATIONS
