"""A request and its answer, as frozen values. Neither shows its content when printed."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from engine.http.body import Body
from engine.http.header import Headers, Pairs, without
from engine.http.url import Url


@dataclass(frozen=True, slots=True, repr=False)
class HttpRequest:
    """What is asked: `method` upper-case, `headers` in order, perhaps repeated, `body` None for none."""

    method: str
    url: Url
    headers: Pairs = ()
    body: Body | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever the case of its name."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), None)

    def with_header(self, name: str, value: str) -> "HttpRequest":
        """The same request with this header in place of any of its name."""
        return replace(self, headers=(*without(self.headers, (name.lower(),)), (name, value)))

    def __repr__(self) -> str:
        return f"HttpRequest({self.method} {self.url!r})"


@dataclass(frozen=True, slots=True, repr=False)
class HttpResponse:
    """What came back from `url` (the last hop's, unsigned); `body` decompressed; `elapsed_s` of all hops."""

    status: int
    url: Url
    headers: Headers
    body: bytes
    elapsed_s: float

    def __repr__(self) -> str:
        return f"HttpResponse({self.status} from {self.url!r}, {len(self.body)} bytes)"


class Tls(Protocol):
    """A way to encrypt of its own. Told apart by identity."""

    def context(self) -> ssl.SSLContext:
        """Raises LoopiError."""
        ...


Sign: TypeAlias = Callable[[HttpRequest], HttpRequest]


class Authority(Protocol):
    """What lets a request carry a credential: where it may go, how it is signed. Asked at every hop.

    `tls` is that of a client certificate: its connections are used for nothing else.
    """

    @property
    def tls(self) -> "Tls | None": ...

    def check(self, url: Url) -> None:
        """Raise BlockedByPolicy when the credential may not go there."""
        ...

    def sign(self, request: HttpRequest) -> HttpRequest:
        """The request with the credential on it."""
        ...
