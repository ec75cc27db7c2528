"""Where a credential may go. Pure: it looks at the URL that will be called, and at nothing else.

A rule is `host`, `host:port`, `*.host` (its subdomains), `https://host[:port]`, or `http://host[:port]`: that
one also allows plain http. A rule without a port allows any. With no rule at all, the host must stand
literally in the step's URL.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from engine.http.address import is_loopback
from engine.http.error import BlockedByPolicy, HttpError
from engine.http.url import Url, parse_authority, parse_url

_RULE = re.compile(r"(?:(https?)://)?(\*\.)?([^/?#\\@*]+)/?", re.IGNORECASE)
_LITERAL = re.compile(r"\s*(https?://[^/?#\\@{}\s]+)(?:[/?#]|\s*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HostRule:
    """One allowed host; `port` None is any port, `scheme` None is https, or http on this machine."""

    host: str
    port: int | None = None
    scheme: str | None = None
    is_wildcard: bool = False

    def allows(self, url: Url) -> bool:
        """Whether host and port fit; of the scheme speaks `permits_plain`."""
        fits = url.host.endswith("." + self.host) if self.is_wildcard else url.host == self.host
        return (
            fits and self.port in {None, url.port} and not (self.scheme == "https" and url.scheme == "http")
        )

    def permits_plain(self, url: Url) -> bool:
        """Whether plain http is allowed to this URL."""
        return self.scheme == "http" and self.allows(url)


@lru_cache(maxsize=512)
def parse_rule(text: str) -> HostRule | None:
    """The rule that a text stands for, or None: such a text allows nothing."""
    found = _RULE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        host, port = parse_authority(found[3])
    except HttpError:
        return None
    is_wildcard = found[2] is not None
    is_name = "." in host and not host.rpartition(".")[2].isdigit()
    if is_wildcard and not is_name:
        return None
    return HostRule(host, port, found[1].lower() if found[1] else None, is_wildcard)


@lru_cache(maxsize=512)
def literal_origin(template_text: str) -> str | None:
    """`scheme://host[:port]` when a URL template begins with it, whole, before any placeholder; or None."""
    found = _LITERAL.match(template_text)
    if found is None:
        return None
    try:
        return parse_url(found[1]).origin
    except HttpError:
        return None


@dataclass(frozen=True, slots=True)
class HostPolicy:
    """The rules of the credential `name`. `has_rules` stays true when no rule could be read."""

    name: str
    rules: tuple[HostRule, ...] = ()
    has_rules: bool = False

    @classmethod
    def of(cls, name: str, hosts: Iterable[str]) -> "HostPolicy":
        """The policy of a credential with these `hosts`. A rule that cannot be read allows nothing."""
        written = tuple(hosts)
        rules = tuple(rule for rule in map(parse_rule, written) if rule is not None)
        return cls(name, rules, has_rules=bool(written))

    def allows(self, url: Url, literal: str | None) -> bool:
        """Whether the credential may go to this host; `literal` is the `literal_origin` of the step's URL."""
        if not self.has_rules:
            return literal is not None and url.origin == literal
        return any(rule.allows(url) for rule in self.rules)

    def check(self, url: Url, literal: str | None) -> None:
        """Raise `policy.host_blocked` or `policy.insecure_scheme` when the credential may not go there."""
        if not self.allows(url, literal) and not self._is_only_plain(url):
            raise self._host_blocked(url)
        is_safe = (
            url.scheme == "https"
            or is_loopback(url.host)
            or any(rule.permits_plain(url) for rule in self.rules)
        )
        if not is_safe or not self.allows(url, literal):
            raise self._insecure(url)

    def _is_only_plain(self, url: Url) -> bool:
        secure = Url("https", url.host, url.port, url.target)
        return url.scheme == "http" and any(
            rule.scheme == "https" and rule.allows(secure) for rule in self.rules
        )

    def _host_blocked(self, url: Url) -> BlockedByPolicy:
        place = url.origin.partition("://")[2]
        hint = (
            f"If you trust {place}, add it to the allowed hosts of “{self.name}”: "
            "`loopi credentials edit NAME --allow-host HOST`, with each host it needs"
        )
        return BlockedByPolicy(
            "policy.host_blocked",
            f"The credential “{self.name}” may not be sent to {place}. The request was blocked.",
            hint=f"{hint}." if self.has_rules else f"{hint}, or write the host out in the step's URL.",
        )

    def _insecure(self, url: Url) -> BlockedByPolicy:
        return BlockedByPolicy(
            "policy.insecure_scheme",
            f"The credential “{self.name}” may not be sent to {url.host} without encryption. "
            "The request was blocked.",
            hint=f"Use https. If that is impossible, add {url.origin} to the allowed hosts of “{self.name}”.",
        )
