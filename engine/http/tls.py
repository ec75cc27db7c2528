"""TLS contexts: one of the process trusts what the system trusts; others trust more. Each takes 30 ms."""

import ssl
from functools import lru_cache
from pathlib import Path

from engine.http.error import HttpError


@lru_cache(maxsize=1)
def system_tls() -> ssl.SSLContext:
    """Verifies names and chains against the system's own store. Raises HttpError `http.tls_failed`."""
    return fresh_tls()


def fresh_tls(authorities: str = "") -> ssl.SSLContext:
    """A context of its own; it trusts the `authorities`, PEM certificates, besides those of the system.

    Raises HttpError `http.tls_failed`.
    """
    import truststore

    try:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    except ssl.SSLError:
        raise HttpError(
            "http.tls_failed",
            "The certificates of this system cannot be read, so no https address can be called.",
            hint="Repair the system's certificate store (on Linux: the package ca-certificates).",
        ) from None
    if authorities:
        _trust(context, authorities)
    return context


@lru_cache(maxsize=4)
def tls_with(file: str) -> ssl.SSLContext:
    """A context that also trusts the authorities in a PEM file. Raises HttpError `http.tls_failed`."""
    try:
        authorities = Path(file).read_text("ascii")
    except (OSError, UnicodeError):
        raise _no_authorities() from None
    return fresh_tls(authorities)


def _trust(context: ssl.SSLContext, authorities: str) -> None:
    try:
        context.load_verify_locations(cadata=authorities)
    except (ssl.SSLError, ValueError):
        raise _no_authorities() from None
    # Authorities that people make themselves often lack what this asks for; browsers do not ask.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT


def _no_authorities() -> HttpError:
    return HttpError(
        "http.tls_failed",
        "The certificates of your own authority cannot be read.",
        hint="They are PEM text, which begins with -----BEGIN CERTIFICATE-----. Look at `caFile` in "
        "settings.json, or at the credential.",
    )
