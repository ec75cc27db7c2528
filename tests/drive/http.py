"""Requests through a client, with and without a credential that may go to some servers only."""

from dataclasses import dataclass, field

from engine.http.client import HttpClient
from engine.http.message import HttpRequest, HttpResponse, Tls
from engine.http.policy import HostPolicy
from engine.http.url import Url, parse_url
from servers.echo import EchoServer

KEY = ("X-Key", "key-of-the-test")


@dataclass
class Allowed:
    """An authority that signs with KEY."""

    policy: HostPolicy
    tls: Tls | None = None
    signed: list[Url] = field(default_factory=list)

    def check(self, url: Url) -> None:
        self.policy.check(url, None)

    def sign(self, request: HttpRequest) -> HttpRequest:
        self.signed.append(request.url)
        return request.with_header(*KEY)


def send(
    http: HttpClient,
    url: str,
    method: str = "GET",
    *,
    body: bytes | None = None,
    allowed: Allowed | None = None,
) -> HttpResponse:
    request = HttpRequest(method, parse_url(url), (("Authorization", "own"), ("X-Own", "1")), body)
    return http.send(request, timeout_s=20, authority=allowed)


def only(*servers: EchoServer) -> Allowed:
    return Allowed(HostPolicy.of("Key", [each.url for each in servers]))
