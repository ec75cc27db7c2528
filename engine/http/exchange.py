"""One request and its answer over one connection. No fault of the connection gets out of here unexplained."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import h11

from engine.http.body import Body, Store
from engine.http.connection import Connection
from engine.http.error import HttpError
from engine.http.header import Headers
from engine.http.inflate import inflater
from engine.http.pool import Pool
from engine.http.route import Route

# RFC 9110 §9.2.2: these may be sent again when a connection broke before any answer.
_REPEATABLE = frozenset({b"GET", b"HEAD", b"OPTIONS", b"PUT", b"DELETE"})


@dataclass(frozen=True, slots=True, repr=False)
class Outgoing:
    """A request as it leaves, its way, how to open a connection there, and where its answer goes.

    An answer that `store` wants goes there, any other one into memory, up to `limit_bytes`.
    """

    request: h11.Request
    body: Body
    route: Route
    open: Callable[[], Connection]
    limit_bytes: int
    store: Store | None = None


def exchange(pool: Pool, outgoing: Outgoing, kept: Connection | None) -> tuple[int, Headers, bytes]:
    """Status, headers and decompressed body, which is empty when it was stored.

    Raises HttpError, also what the watch and the store raise meanwhile.

    A kept connection may be closed by the server in the moment it is used again. Then a request that may be
    repeated goes out once more, on a new connection.
    """
    connection = kept or _opened(pool, outgoing)
    try:
        try:
            return _exchanged(connection, outgoing)
        finally:
            pool.put(outgoing.route, connection)
    except (OSError, h11.RemoteProtocolError) as error:
        is_stale = connection is kept and not connection.has_answered and not pool.is_closed
        if is_stale and outgoing.request.method in _REPEATABLE:
            return exchange(pool, outgoing, None)
        _explain(error, connection, outgoing.route.host)


def _opened(pool: Pool, outgoing: Outgoing) -> Connection:
    connection = outgoing.open()
    pool.lend(connection)
    return connection


def _exchanged(connection: Connection, outgoing: Outgoing) -> tuple[int, Headers, bytes]:
    connection.send(outgoing.request, outgoing.body)
    answer = connection.receive()
    status, headers = answer.status_code, Headers(answer.headers.raw_items())
    if headers.get("transfer-encoding") is not None and headers.get("content-length") is not None:
        # RFC 9112 §6.3: two lengths are how answers are smuggled.
        raise h11.RemoteProtocolError("two lengths")
    has_body = outgoing.request.method != b"HEAD" and status not in {204, 304}
    encoding = headers.get("content-encoding") if has_body else None
    store = outgoing.store
    if store is not None and store.wants(status):
        store.restart()
        sink = inflater(encoding, store.limit_bytes, store.write)
    else:
        sink = inflater(encoding, outgoing.limit_bytes)
    connection.read_body(sink.feed)
    return status, headers, sink.finish()


def _explain(error: Exception, connection: Connection, host: str) -> NoReturn:
    if isinstance(error, h11.RemoteProtocolError) and not connection.stream.has_ended:
        raise HttpError(
            "http.bad_response",
            f"What {host} answered is not HTTP.",
            hint="Check the address and the port: another kind of service may listen there.",
        ) from None
    raise HttpError(
        "http.connection_lost",
        f"{host} closed the connection before its answer was complete.",
        hint="Try again. If it stays so, look whether the service is up.",
        retryable=True,
    ) from None
