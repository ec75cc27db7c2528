"""One request and its answer over one connection. None of httpcore's exceptions gets out of here."""

from typing import NoReturn

import httpcore

from engine.http.error import HttpError
from engine.http.header import Headers
from engine.http.inflate import inflater
from engine.http.watch import Watch

_FAULTS = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.ConnectionNotAvailable,
    httpcore.UnsupportedProtocol,
)


def exchange(
    pool: httpcore.ConnectionPool, request: httpcore.Request, watch: Watch, limit_bytes: int
) -> tuple[int, Headers, bytes]:
    """Status, headers and decompressed body. Raises HttpError, also what the watch raises meanwhile."""
    watch.has_ended, had_sent = False, watch.has_sent
    try:
        answer = pool.handle_request(request)
        try:
            headers = Headers(answer.headers)
            return answer.status, headers, _body(answer, headers, request.method, limit_bytes)
        finally:
            answer.close()
    except _FAULTS as error:
        _explain(error, request, watch)
    except httpcore.ProxyError:
        # What left was the request for a tunnel, not the step's.
        watch.has_sent = had_sent
        raise HttpError(
            "http.proxy_refused",
            f"The proxy did not let the request to {request.url.host.decode()} through.",
            hint="Check the proxy under Settings, General, or in the system's settings.",
        ) from None


def _body(answer: httpcore.Response, headers: Headers, method: bytes, limit_bytes: int) -> bytes:
    has_body = method != b"HEAD" and answer.status not in {204, 304}
    sink = inflater(headers.get("content-encoding") if has_body else None, limit_bytes)
    for piece in answer.iter_stream():
        sink.feed(piece)
    return sink.finish()


def _explain(error: Exception, request: httpcore.Request, watch: Watch) -> NoReturn:
    host = request.url.host.decode()
    if isinstance(error, httpcore.RemoteProtocolError) and not watch.has_ended:
        raise HttpError(
            "http.bad_response",
            f"What {host} answered is not HTTP.",
            hint="Check the address and the port: another kind of service may listen there.",
        ) from None
    if isinstance(error, httpcore.LocalProtocolError | httpcore.UnsupportedProtocol):
        raise HttpError(
            "http.invalid_request",
            "The request cannot be written as HTTP.",
            hint="Check the method, the headers and the body.",
        ) from None
    raise HttpError(
        "http.connection_lost",
        f"{host} closed the connection before its answer was complete.",
        hint="Try again. If it stays so, look whether the service is up.",
        retryable=True,
    ) from None
