"""Filters that make digests, and signatures with a key. How a secret may be the key is said in `check`."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping

from engine.template.errors import nearest
from engine.template.filters.error import FilterError
from engine.template.operators import encodable, text

_ALGORITHMS = ("sha256", "sha1", "sha512", "sha384", "md5")
_WRITTEN: Mapping[str, Callable[[bytes], str]] = {
    "hex": bytes.hex,
    "base64": lambda digest: base64.b64encode(digest).decode(),
    "base64url": lambda digest: base64.urlsafe_b64encode(digest).decode().rstrip("="),
}


def md5(value: object) -> str:
    """`{{ "" | md5 }}` gives `d41d8cd98f00b204e9800998ecf8427e`; for services that ask for it."""
    return hashlib.md5(_bytes(value), usedforsecurity=False).hexdigest()


def sha1(value: object) -> str:
    """`{{ "" | sha1 }}` gives `da39a3ee5e6b4b0d3255bfef95601890afd80709`; for services that ask for it."""
    return hashlib.sha1(_bytes(value), usedforsecurity=False).hexdigest()


def sha256(value: object) -> str:
    """`{{ "" | sha256 }}` gives `e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`."""
    return hashlib.sha256(_bytes(value)).hexdigest()


def sha512(value: object, form: object = "hex") -> str:
    """`{{ "" | sha512("base64") | slice(0, 8) }}` gives `z4PhNX7v`; in hex without an argument."""
    return _form(form)(hashlib.sha512(_bytes(value)).digest())


def sign(value: object, key: object, algorithm: object = "sha256", form: object = "hex") -> str:
    """`{{ "hi" | hmac("key") | slice(0, 8) }}` gives `1c9dc82e`; more in `hmac(key, "sha512", "base64")`.

    The key may be a credential's field, in the url, query, headers and body of a request.
    """
    name = text(algorithm)
    if name not in _ALGORITHMS:
        raise FilterError(f"knows {', '.join(_ALGORITHMS)}.")
    return _form(form)(hmac.digest(_bytes(key), _bytes(value), name))


def _form(form: object) -> Callable[[bytes], str]:
    name = text(form)
    if name not in _WRITTEN:
        near = nearest(name, _WRITTEN)
        raise FilterError("gives hex, base64 or base64url" + (f"; did you mean {near}?" if near else "."))
    return _WRITTEN[name]


def _bytes(value: object) -> bytes:
    return encodable(text(value)).encode()


DIGEST: Mapping[str, Callable[..., object]] = {
    "md5": md5,
    "sha1": sha1,
    "sha256": sha256,
    "sha512": sha512,
    "hmac": sign,
}
