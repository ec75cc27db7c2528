"""URLs taken apart strictly, so that the host that is checked is the host that is called. Pure.

Refused instead of guessed: user info, backslashes, control characters, and every spelling of an IPv4 address
but four decimal numbers. No cache here sees a path or a query: those may hold a key.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import NoReturn
from urllib.parse import quote

from engine.http.error import HttpError

DEFAULT_PORTS = {"http": 80, "https": 443}

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):[/]{2}([^/?#\\]*)([^#]*)")
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_TARGET = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*")
_TARGET_SAFE = "!$&'()*+,;=:@/?%"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# The two versions of IDNA read these differently: one name, two hosts.
_AMBIGUOUS = re.compile("[ßẞς\u200c\u200d]")


@dataclass(frozen=True, slots=True, repr=False)
class Url:
    """An http or https URL in its one spelling.

    `host` is lower-case ASCII, IPv6 without brackets; `target` is path and query.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """`https://host`, with the port when it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def text(self) -> str:
        """The whole URL, query and all: not for messages."""
        return self.origin + self.target

    def with_query(self, encoded: str) -> "Url":
        """The same URL with `encoded` (`a=1&b=2`) after whatever query it has."""
        return replace(self, target=append_query(self.target, encoded))

    def __repr__(self) -> str:
        return f"Url({self.origin}/…)"


def append_query(text: str, encoded: str) -> str:
    """`text`, a URL or target, with `encoded` added to its query and before its fragment."""
    if not encoded:
        return text
    before, hash_mark, fragment = text.partition("#")
    joint = "?" if "?" not in before else "" if before.endswith(("?", "&")) else "&"
    return f"{before}{joint}{encoded}{hash_mark}{fragment}"


def parse_url(text: str) -> Url:
    """The URL as it will be called; the fragment stays behind. Raises HttpError `http.invalid_url`."""
    text = text.strip(" \t\r\n")
    if _UNWRITABLE.search(text):
        _refuse("It holds a line break or another control character.")
    found = _URL.fullmatch(text.partition("#")[0])
    if found is None:
        _refuse("It does not begin with https:// and a host.")
    scheme, authority, target = found.groups()
    scheme = scheme.lower()
    if scheme not in DEFAULT_PORTS:
        _refuse("Only http and https can be called.")
    if "@" in authority:
        _refuse(
            "There is a user name or an @ before the host.",
            "Put user name and password into a Basic Auth credential.",
        )
    if target.startswith("\\"):
        _refuse("There is a backslash after the host.")
    host, port = parse_authority(authority)
    return Url(scheme, host, port or DEFAULT_PORTS[scheme], _target(target))


@lru_cache(maxsize=512)
def parse_authority(text: str) -> tuple[str, int | None]:
    """Host and port of `host[:port]`, the host in its one spelling. Raises HttpError `http.invalid_url`."""
    found = _AUTHORITY.fullmatch(text)
    if found is None:
        _refuse("What stands between // and the path is not a host.")
    host, port = found[1], found[2]
    if port and not 0 < int(port) <= 65535:
        _refuse("The port is not between 1 and 65535.")
    return _host(host), int(port) if port else None


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            return str(IPv6Address("" if "%" in text else text[1:-1]))
        except AddressValueError:
            _refuse("What stands in brackets is not an IPv6 address.")
    host = _ascii(text).removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        _refuse("The host is empty or not a host name.")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(host))
        except AddressValueError:
            _refuse("The host is a number, but not an address in its usual spelling, such as 192.0.2.1.")
    return host


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    if _AMBIGUOUS.search(host):
        _refuse(
            "The host has letters that programs read in two ways.", "Write the host in its xn-- spelling."
        )
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        _refuse("The host has letters that no host name has.")


def _target(text: str) -> str:
    if not text.startswith("/"):
        text = "/" + text
    if _TARGET.fullmatch(text):
        return text
    return quote(_LONE_PERCENT.sub("%25", text), safe=_TARGET_SAFE)


def _refuse(what: str, hint: str = "") -> NoReturn:
    raise HttpError(
        "http.invalid_url",
        f"The URL cannot be called. {what}",
        hint=hint or "Write it like https://api.example.com/path?name=value.",
    )
