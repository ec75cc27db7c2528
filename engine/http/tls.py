"""The one TLS context of the process: it trusts what the system trusts. Made when needed: it takes 30 ms."""

import ssl
from functools import lru_cache

from engine.http.error import HttpError


@lru_cache(maxsize=1)
def system_tls() -> ssl.SSLContext:
    """Verifies names and chains against the system's own store. Raises HttpError `http.tls_failed`."""
    import truststore

    try:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    except ssl.SSLError:
        raise HttpError(
            "http.tls_failed",
            "The certificates of this system cannot be read, so no https address can be called.",
            hint="Repair the system's certificate store (on Linux: the package ca-certificates).",
        ) from None
