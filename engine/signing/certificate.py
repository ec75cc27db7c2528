"""Client certificates: a TLS context of its own for one credential. Its key never lies in clear on the disk.

Python reads a key from a file only. So the key is written encrypted, under a password that is made up for
this and forgotten, into a file for the user alone, which is deleted as soon as it was read.
"""

import os
import re
import secrets
import ssl
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from engine.http.tls import fresh_tls
from engine.ports import Credential
from engine.signing.error import SigningError, cannot_sign
from engine.signing.value import optional_role_value, role_value

_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \1-----")


@dataclass(slots=True, eq=False)
class ClientCertificate:
    """The certificate and key of a credential. `context` makes the TLS context once; threads share it."""

    credential: Credential
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _made: ssl.SSLContext | None = None

    def context(self) -> ssl.SSLContext:
        """Raises SigningError when certificate and key cannot be read, or do not belong together."""
        with self._lock:
            if self._made is None:
                self._made = _context(self.credential)
            return self._made


def _context(credential: Credential) -> ssl.SSLContext:
    authority = pem_text(optional_role_value(credential, "authority"))
    chain = pem_text(role_value(credential, "certificate"))
    password = secrets.token_urlsafe(32)
    key = _sealed_key(credential, password)
    context = fresh_tls(authority)
    handle, name = tempfile.mkstemp(prefix="loopi-", suffix=".pem")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key + chain.encode())
        context.load_cert_chain(name, password=password)
    except (ssl.SSLError, OSError):
        raise cannot_sign("its certificate and its private key do not belong together.") from None
    finally:
        Path(name).unlink(missing_ok=True)
    return context


def _sealed_key(credential: Credential, password: str) -> bytes:
    from cryptography.hazmat.primitives import serialization

    own = optional_role_value(credential, "passphrase")
    pem = pem_text(role_value(credential, "privateKey"))
    try:
        key = serialization.load_pem_private_key(pem.encode(), own.encode() if own else None)
    except (ValueError, TypeError):
        raise _unreadable_key() from None
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password.encode()),
    )


def pem_text(text: str) -> str:
    """PEM in lines: what was pasted into a field of one line has lost its breaks."""
    found = _PEM.findall(text)
    if not found or any(":" in inner for _, inner in found):
        return text  # an old encrypted key says in lines of its own how it is encrypted
    blocks = []
    for label, inner in found:
        packed = "".join(inner.split())
        lines = [packed[start : start + 64] for start in range(0, len(packed), 64)]
        blocks.append("\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]))
    return "".join(blocks)


def _unreadable_key() -> SigningError:
    return cannot_sign("its private key is no PEM text, or its passphrase is missing or wrong.")
