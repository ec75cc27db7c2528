"""The syntax of allowed hosts: `host`, `host:port`, `*.host`, `http://host[:port]`. Asks no name server.

An entry without a port allows every port of that host. Names are kept in the form that goes over the wire:
lower case, ASCII, internationalised names as IDNA 2008 (UTS 46), no dot at the end.
"""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_SYNTAX = "Write host, host:port, *.host or http://host."


class HostSyntaxError(ValueError):
    """The text is no allowed host. `str()` is a sentence for the user, and repeats the text."""


def normalise(entry: str) -> str:
    """The one way to write an allowed host. Raises HostSyntaxError."""
    text = entry.strip().lower()
    if len(text) > 300 or not text.isprintable():
        raise HostSyntaxError(f"This is not a host. {_SYNTAX}")
    scheme = ""
    if text.startswith(("http://", "https://")):
        head, _, text = text.partition("://")
        scheme = "http://" if head == "http" else ""
        text = text.removesuffix("/")
    host, port = _split_port(text)
    if host.startswith("*."):
        return scheme + _wildcard(host, scheme=scheme) + port
    return scheme + _host(host) + port


def normalise_all(entries: Iterable[str]) -> tuple[str, ...]:
    """All of them, in order, each once. Raises HostSyntaxError at the first that is wrong."""
    return tuple(dict.fromkeys(normalise(entry) for entry in entries))


def host_of_url(url: str) -> str | None:
    """What an address allows: its host, with the port if it names one; None when it has no host.

    `http://` is not taken over: sending a secret in the clear is allowed by the user's own word only.
    """
    try:
        parts = urlsplit(url.strip())
        # What URL parsers disagree about (https://good\\@evil) has no host here.
        if "\\" in url or "@" in parts.netloc:
            return None
        port = f":{parts.port}" if parts.port else ""
        host = parts.hostname or ""
        return normalise((f"[{host}]" if ":" in host else host) + port)
    except ValueError:
        return None


def _split_port(text: str) -> tuple[str, str]:
    if text.startswith("["):
        host, closing, rest = text.partition("]")
        host += closing
    else:
        host, colon, rest = text.partition(":")
        rest = colon + rest
    if not rest:
        return host, ""
    number = rest[1:]
    if rest[0] != ":" or not _PORT.fullmatch(number) or int(number) > 65_535:
        raise HostSyntaxError(f"“{text}” has no valid port. {_SYNTAX}")
    return host, rest


def _wildcard(host: str, *, scheme: str) -> str:
    rest = _host(host[2:])
    if scheme:
        raise HostSyntaxError(f"“{host}” cannot go together with http://. Name each host.")
    if "." not in rest or _is_number(rest):
        raise HostSyntaxError(f"“{host}” would allow far too much. Name at least a domain: *.example.com.")
    return "*." + rest


def _host(text: str) -> str:
    if text.startswith("["):
        return _ipv6(text)
    host = _ascii(text.removesuffix("."))
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise HostSyntaxError(f"“{text}” is not a host. {_SYNTAX}")
    if _is_number(host):
        return _ipv4(host)
    return host


def _is_number(host: str) -> bool:
    """Whether a URL parser would take the name for an IPv4 address (WHATWG URL: the last label decides)."""
    last = host.rsplit(".", 1)[-1]
    return last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last) is not None


def _ipv4(host: str) -> str:
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        raise HostSyntaxError(f"“{host}” is not an IPv4 address. Write it as 192.0.2.1.") from None


def _ipv6(text: str) -> str:
    try:
        address = ipaddress.IPv6Address(text[1:-1] if text.endswith("]") else "")
    except ValueError:
        raise HostSyntaxError(f"“{text}” is not an IPv6 address. Write it as [2001:db8::1].") from None
    if address.scope_id:
        raise HostSyntaxError(f"“{text}” names an interface of this machine. Leave out what follows %.")
    return f"[{address.compressed}]"


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        raise HostSyntaxError(f"“{host}” is not a valid internationalised host. {_SYNTAX}") from None
