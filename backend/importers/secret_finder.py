"""Finds what looks like a secret in a request, and puts a placeholder there. Pure.

In doubt a value counts as one: in the vault it does no harm, in an automation's file it would.
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import unquote_plus

from backend.importers.imported import NewCredential
from backend.importers.literal import literal
from engine.http.address import is_loopback
from engine.http.url import Url
from engine.secrets import Secret

_NAME = re.compile(
    r"(?:^|[-_.\[\]])(?:(?:h?api|access|secret|private)key|app[-_]?id|key|(?:api|auth|access|refresh)?token|"
    r"(?:client)?secret|pass(?:word|wd|phrase|code)?|pwd|otp|auth|authorization|client[-_]assertion|sig|"
    r"signature|(?:php|j)?sess(?:ion)?(?:id)?|jwt|bearer|cookie|credentials?|sid|code)\d*(?:$|[-_.\[\]])",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STAND_IN = re.compile(
    r"\$\{?\w+\}?|<[^<>]+>|%\w+%|\[[^\[\]]+\]|(?:YOUR|MY|INSERT|REPLACE)[-_ ]?\w+|x{4,}|\*{3,}|\.{3}",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9_-]{1,30}) +(\S.*)")


@dataclass(slots=True)
class SecretFinder:
    """What was found so far, as fields of one credential. `missing` names stand-ins such as `$API_KEY`."""

    fields: dict[str, Secret] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    kind: str = "custom"
    # A file of 1 MiB has room for a hundred thousand: none is compared with all the others.
    _keys: dict[bytes, str] = field(default_factory=dict, repr=False)
    _numbers: dict[str, int] = field(default_factory=dict, repr=False)

    def header(self, name: str, value: str) -> str:
        """The template of a header's value. A scheme before a secret (`Bearer`, `token`) stays readable."""
        if name.lower() not in {"authorization", "proxy-authorization", "cookie"} and not is_secret_name(
            name
        ):
            return literal(value)
        scheme = _SCHEME.fullmatch(value) if name.lower() == "authorization" else None
        if scheme is not None:
            return f"{literal(scheme[1])} {self.put(name, scheme[2])}"
        return self.put(name, value)

    def parameter(self, name: str, value: str) -> str:
        """The template of a value under a name, of the query, a form or a JSON body."""
        return self.put(name, value) if value and is_secret_name(name) else literal(value)

    def pair(self, pair: str, *, is_encoded_again: bool) -> str:
        """The template of a `name=value` of a query or form, both percent-encoded.

        `is_encoded_again`: what stands in its place is encoded when it is filled in, as in an address.
        """
        name, _, value = pair.partition("=")
        plain = unquote_plus(name)
        if not (value and is_secret_name(plain)):
            return literal(pair)
        return f"{literal(name)}={self.put(plain, unquote_plus(value) if is_encoded_again else value)}"

    def put(self, name: str, value: str) -> str:
        """A placeholder for a secret, which goes into the credential."""
        if _STAND_IN.fullmatch(value):
            self.missing.append(value)
        digest = _digest(value)
        key = self._keys.get(digest) or self._free(_key(name))
        self._keys[digest] = key
        self.fields[key] = Secret(value)
        return f"{{{{credentials.{key}}}}}"

    def credential(self, name: str, hosts: tuple[str, ...]) -> NewCredential | None:
        """The credential of what was found, without fields when one is a stand-in. None for nothing."""
        if not self.fields:
            return None
        return NewCredential(name, self.kind, {} if self.missing else dict(self.fields), hosts)

    def become(self, kind: str, fields: Mapping[str, str]) -> None:
        """Hold a credential of a type that signs by itself, and nothing else."""
        self.kind = kind
        self.fields = {key: Secret(value) for key, value in fields.items()}
        self._keys = {_digest(value): key for key, value in fields.items()}
        self.missing = [value for value in fields.values() if _STAND_IN.fullmatch(value)]

    def _free(self, key: str) -> str:
        number, found = self._numbers.get(key, 2), key
        while found in self.fields:
            number, found = number + 1, f"{key}{number}"
        self._numbers[key] = number
        return found


def _digest(value: str) -> bytes:
    return sha256(value.encode("utf-8", "surrogatepass")).digest()


def allowed_host(url: Url) -> str:
    """The host of an address as a credential allows it: with its port, and with http:// where it is plain."""
    place = url.origin.partition("://")[2]
    return f"http://{place}" if url.scheme == "http" and not is_loopback(url.host) else place


def is_secret_name(name: str) -> bool:
    """Whether what stands under this name is probably one: `X-API-Key`, `access_token`, `clientSecret`."""
    return bool(_NAME.search(_HUMP.sub("_", name)))


def basic_pair(value: str) -> tuple[str, str] | None:
    """User and password of `Basic …`, or None."""
    scheme = _SCHEME.fullmatch(value)
    if scheme is None or scheme[1].lower() != "basic":
        return None
    try:
        user, colon, password = b64decode(scheme[2], validate=True).decode().partition(":")
    except ValueError:
        return None
    return (user, password) if colon and user and password else None


def bearer_token(value: str) -> str | None:
    """The token of `Bearer …`, or None."""
    scheme = _SCHEME.fullmatch(value)
    return scheme[2] if scheme is not None and scheme[1].lower() == "bearer" else None


def _key(name: str) -> str:
    """A field's key from a header's or parameter's name: `X-API-Key` becomes `xApiKey`."""
    words = [word.lower() for word in re.split(r"[^A-Za-z0-9]+", _HUMP.sub("_", name)) if word]
    joined = "".join(word if place == 0 else word.capitalize() for place, word in enumerate(words))
    return joined[:60] if joined and joined[0].isalpha() else f"secret{joined[:50].capitalize()}"
