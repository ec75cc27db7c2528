import socket
from collections.abc import Iterator

import h11
import pytest

from engine.http.client import HttpClient, never
from engine.http.connection import MAX_HEAD_BYTES, Connection
from engine.http.error import HttpError
from engine.http.message import HttpRequest, HttpResponse
from engine.http.stream import WatchedStream
from engine.http.url import parse_url
from engine.http.watch import Watch
from engine.ports import Settings
from servers.raw import RawServer, answer


@pytest.fixture
def http() -> Iterator[HttpClient]:
    with HttpClient(Settings()) as client:
        yield client


def send(http: HttpClient, url: str, method: str = "GET", body: bytes | None = None) -> HttpResponse:
    return http.send(HttpRequest(method, parse_url(url), (), body), timeout_s=20)


def failure(http: HttpClient, url: str, method: str = "GET", body: bytes | None = None) -> HttpError:
    with pytest.raises(HttpError) as caught:
        send(http, url, method, body)
    return caught.value


def test_head_and_small_body_leave_in_one_piece(http: HttpClient) -> None:
    with RawServer([answer()]) as server:
        send(http, server.url + "/x", "POST", b"abc")
    assert server.requests[0].startswith(b"POST /x HTTP/1.1\r\nHost: 127.0.0.1:")
    assert server.requests[0].endswith(b"Content-Length: 3\r\n\r\nabc")


def test_a_large_body_arrives_whole(http: HttpClient) -> None:
    body = bytes(range(256)) * 4096
    with RawServer([answer()]) as server:
        assert send(http, server.url, "PUT", body).status == 200
    assert server.requests[0].endswith(body)


def test_interim_answers_are_passed_over(http: HttpClient) -> None:
    early = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    with RawServer([early + answer()]) as server:
        response = send(http, server.url)
    assert (response.status, response.body, response.headers.get("link")) == (200, b"hello", None)


def test_a_change_of_protocol_that_nobody_asked_for_is_refused(http: HttpClient) -> None:
    with RawServer(
        [b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"]
    ) as server:
        assert failure(http, server.url).code == "http.bad_response"


def test_a_header_folded_over_two_lines_is_one_value(http: HttpClient) -> None:
    with RawServer([answer(b"", b"X-Long: one", b"  two")]) as server:
        assert send(http, server.url).headers.get("x-long") == "one two"


def test_a_body_without_a_length_ends_with_its_connection(http: HttpClient) -> None:
    with RawServer([b"HTTP/1.1 200 OK\r\n\r\nto the end"], [answer()]) as server:
        assert send(http, server.url).body == b"to the end"
        assert send(http, server.url).body == b"hello"


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n" + bytes(200) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-A : space before the colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: \0\r\n\r\n",
    ],
)
def test_an_answer_that_could_be_read_in_two_ways_is_refused(http: HttpClient, reply: bytes) -> None:
    with RawServer([reply]) as server:
        assert failure(http, server.url).code == "http.bad_response"


def test_headers_beyond_their_limit_are_refused(http: HttpClient) -> None:
    many = b"X: 1\r\n" * (MAX_HEAD_BYTES // 2)
    with RawServer([b"HTTP/1.1 200 OK\r\n" + many]) as server:
        assert failure(http, server.url).code == "http.bad_response"


def test_chunk_trailers_beyond_their_limit_are_refused(http: HttpClient) -> None:
    many = b"X: 1\r\n" * (MAX_HEAD_BYTES // 2)
    with RawServer([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + many]) as server:
        assert failure(http, server.url).code == "http.bad_response"


def test_an_answer_is_still_read_when_the_server_stops_taking_the_body() -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig")
    theirs.close()
    connection, pieces = Connection(WatchedStream(ours, Watch(1e9, never, lambda: 0.0))), list[bytes]()
    request = h11.Request(method="POST", target="/", headers=[("Host", "x"), ("Content-Length", "300000")])
    connection.send(request, bytes(300_000))
    assert connection.receive().status_code == 413
    connection.read_body(pieces.append)
    assert (pieces, connection.renew()) == ([b"big"], False)
    connection.stream.close()
