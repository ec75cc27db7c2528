"""Sends requests: one client per run, shared by its threads. Knows no step and no credential.

h11 directly, not httpx: a fraction of the CPU per request (docs/decisions/http.md).
"""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import Self

import h11

from engine.http.address import is_loopback, refuse_metadata_name
from engine.http.body import Store, size_of
from engine.http.error import HttpError
from engine.http.exchange import Outgoing, exchange
from engine.http.header import encode_header
from engine.http.inflate import ACCEPTED
from engine.http.message import Authority, HttpRequest, HttpResponse, Tls
from engine.http.network import LookUp, Network, look_up
from engine.http.pool import Pool
from engine.http.proxy import FindProxy, parse_proxy, proxy_for, system_proxy
from engine.http.redirect import REDIRECTS, next_request, turns_into_get
from engine.http.route import Line, Route
from engine.http.tls import system_tls, tls_with
from engine.http.url import Url
from engine.http.watch import Watch
from engine.ports import Settings

_DEFAULTS = (("User-Agent", "Loopi"), ("Accept", "*/*"), ("Accept-Encoding", ACCEPTED))
_DEFAULT_LINES = tuple((name.lower(), encode_header(name, value)) for name, value in _DEFAULTS)


@dataclass(frozen=True, slots=True)
class Machine:
    """What a client takes from the machine it runs on: time, name look-up, trusted certificates, proxies."""

    monotonic: Callable[[], float] = time.monotonic
    look_up: LookUp = look_up
    tls: Callable[[], ssl.SSLContext] = system_tls
    find_proxy: FindProxy = system_proxy


def never() -> bool:
    """Nobody presses Stop."""
    return False


class HttpClient:
    """Keeps connections, follows redirects by hand, holds deadlines and caps. Safe for threads."""

    def __init__(self, settings: Settings, machine: Machine | None = None) -> None:
        self._settings = settings
        self._machine = machine or Machine()
        self._network = Network(self._machine.look_up, may_reach_link_local=settings.may_reach_link_local)
        self.pool = Pool(self._machine.monotonic)
        self._routes: dict[str | tuple[str, Tls], Route] = {}

    def send(
        self,
        request: HttpRequest,
        *,
        timeout_s: float,
        is_cancelled: Callable[[], bool] = never,
        follows: bool = True,
        authority: Authority | None = None,
        store: Store | None = None,
    ) -> HttpResponse:
        """Send, and return the answer whatever its status; a body that `store` wants goes there.

        `timeout_s` bounds the whole: look-up, redirects and body. The authority is asked before each hop.
        Raises HttpError; its `may_have_happened` says that the request left.
        """
        monotonic = self._machine.monotonic
        started_s = monotonic()
        watch = Watch(started_s + timeout_s, is_cancelled, monotonic)
        try:
            response = self._follow(
                request, watch, authority, store, limit=self._settings.max_redirects if follows else 0
            )
        except HttpError as error:
            error.may_have_happened = watch.has_sent
            raise
        return replace(response, elapsed_s=monotonic() - started_s)

    def _follow(
        self,
        request: HttpRequest,
        watch: Watch,
        authority: Authority | None,
        store: Store | None,
        *,
        limit: int,
    ) -> HttpResponse:
        hops, is_carried_out = 0, False
        while True:
            response = self._hop(request, watch, authority, store)
            location = response.headers.get("location") if response.status in REDIRECTS else None
            if location is None or limit == 0:
                return response
            if hops == limit:
                raise _too_many(limit, request.url)
            # A redirect that repeats the request says that this one was not carried out.
            is_carried_out = is_carried_out or turns_into_get(request.method, response.status)
            watch.has_sent = is_carried_out
            request = next_request(request, response.status, location, has_credential=authority is not None)
            watch.is_sent_on = watch.is_sent_on or not is_loopback(response.url.host)
            hops += 1

    def _hop(
        self, request: HttpRequest, watch: Watch, authority: Authority | None, store: Store | None
    ) -> HttpResponse:
        watch.check()
        url = request.url
        if authority is not None:
            authority.check(url)
        if not self._settings.may_reach_link_local:
            refuse_metadata_name(url.host)
        signed = request if authority is None else authority.sign(request)
        own = None if authority is None else authority.tls
        route = self._routes.get(url.origin) if own is None else self._routes.get((url.origin, own))
        route = route or self._route(url, own)
        outgoing = Outgoing(
            _written(signed, route),
            signed.body or b"",
            route,
            partial(route.open, self._network, partial(self._tls, own), watch),
            self._settings.max_response_bytes,
            store,
        )
        kept = self.pool.take(route)
        if kept is not None:
            kept.stream.watch = watch
        status, headers, body = exchange(self.pool, outgoing, kept)
        return HttpResponse(status, url, headers, body, 0.0)

    def _route(self, url: Url, own: Tls | None) -> Route:
        address = proxy_for(url, self._settings.proxy_url, self._machine.find_proxy)
        route = Route.to(url, parse_proxy(address) if address else None)
        # One for all threads: the pool tells them apart by identity.
        return self._routes.setdefault(url.origin if own is None else (url.origin, own), route)

    def _tls(self, own: Tls | None) -> ssl.SSLContext:
        if own is not None:
            context = own.context()
        elif self._settings.ca_file:
            context = tls_with(self._settings.ca_file)
        else:
            context = self._machine.tls()
        context.set_alpn_protocols(["http/1.1"])
        return context

    def close(self) -> None:
        """Close every connection. A request under way ends with `http.connection_lost`."""
        self.pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _written(request: HttpRequest, route: Route) -> h11.Request:
    given = {name.lower() for name, _ in request.headers}
    lines: list[Line] = [*route.lines, *(line for name, line in _DEFAULT_LINES if name not in given)]
    lines += [encode_header(name, value) for name, value in request.headers]
    if request.body is not None or request.method in {"POST", "PUT", "PATCH"}:
        lines.append((b"Content-Length", b"%d" % size_of(request.body)))
    try:
        return h11.Request(method=request.method, target=route.target(request.url), headers=lines)
    except h11.LocalProtocolError:
        raise HttpError(
            "http.invalid_request",
            "The request cannot be written as HTTP.",
            hint="Check the method, the headers and the body.",
        ) from None


def _too_many(limit: int, url: Url) -> HttpError:
    return HttpError(
        "http.too_many_redirects",
        f"The server redirected more than {limit} times, lastly from {url.host}.",
        hint="Check the address: it may lead around in a circle.",
    )
