import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest

from engine.http.client import HttpClient, Machine, never
from engine.http.error import HttpError
from engine.http.message import HttpRequest, HttpResponse
from engine.http.url import parse_url
from engine.ports import Settings
from servers.echo import EchoServer, chunked, cut, deflated, dropped, gzip_bomb, gzipped, held, mislabelled
from servers.loopback import Reply, Seen


@pytest.fixture
def server() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


def get(url: str, *, method: str = "GET", **settings: int) -> HttpResponse:
    with HttpClient(Settings(**settings)) as http:  # type: ignore[arg-type]  # numbers only
        return http.send(HttpRequest(method, parse_url(url)), timeout_s=30)


def failure(url: str, *, method: str = "GET", **settings: int) -> HttpError:
    with pytest.raises(HttpError) as caught:
        get(url, method=method, **settings)
    return caught.value


@contextmanager
def raw_answer(data: bytes) -> Iterator[str]:
    """A server that writes these bytes to the first request and closes."""

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(data)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join()


@pytest.mark.parametrize(
    "reply", [gzipped(b"hello"), deflated(b"hello"), deflated(b"hello", is_raw=True), chunked(b"hel", b"lo")]
)
def test_compressed_and_chunked_bodies_arrive_whole(server: EchoServer, reply: Reply) -> None:
    assert get(server.reply("/x", reply)).body == b"hello"


def test_only_what_can_be_undone_is_asked_for(server: EchoServer) -> None:
    get(server.url + "/x")
    assert server.requests[0].header("Accept-Encoding") == "gzip, deflate"


def test_a_bomb_is_stopped_at_the_cap(server: EchoServer) -> None:
    error = failure(server.reply("/x", gzip_bomb(64)), max_response_bytes=1024 * 1024)
    assert error.code == "http.response_too_large"
    assert "1 MiB" in error.message


def test_a_body_beyond_the_cap_is_not_read_to_its_end(server: EchoServer) -> None:
    assert (
        failure(server.reply("/x", Reply(200, bytes(1001))), max_response_bytes=1000).code
        == "http.response_too_large"
    )
    assert len(get(server.reply("/x", Reply(200, bytes(1000))), max_response_bytes=1000).body) == 1000


@pytest.mark.parametrize("reply", [dropped(), cut(b"0123456789", 4), mislabelled(b"0123", 10)])
def test_a_connection_that_ends_too_early_is_lost(server: EchoServer, reply: Reply) -> None:
    error = failure(server.reply("/x", reply))
    assert error.code == "http.connection_lost"
    assert error.retryable
    assert error.may_have_happened


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
        b"\0" * 50 + b"\r\n\r\n",
    ],
)
def test_what_is_not_http_says_so(data: bytes) -> None:
    with raw_answer(data) as url:
        assert failure(url).code == "http.bad_response"


def test_a_header_without_end_is_not_collected_without_end() -> None:
    with raw_answer(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000) as url:
        assert failure(url).code in {"http.bad_response", "http.connection_lost"}


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204), ("GET", 304)])
def test_an_answer_without_a_body_has_none_whatever_its_headers_say(
    server: EchoServer, method: str, status: int
) -> None:
    reply = Reply(status, headers=(("Content-Encoding", "gzip"),))
    assert get(server.reply("/x", reply), method=method).body == b""


def test_stop_works_while_a_server_never_answers(server: EchoServer) -> None:
    url = server.reply("/x", held(server.gate()))
    request = HttpRequest("POST", parse_url(url))
    with HttpClient(Settings()) as http, pytest.raises(HttpError) as caught:
        http.send(request, timeout_s=1e6, is_cancelled=lambda: bool(server.requests))
    assert caught.value.code == "http.cancelled"
    assert caught.value.may_have_happened


def test_stop_works_while_a_server_does_not_read_what_it_is_sent() -> None:
    accepted, done = threading.Event(), threading.Event()

    def accept_and_read_nothing(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            accepted.set()
            done.wait(30)

    with socket.create_server(("127.0.0.1", 0)) as listener, HttpClient(Settings()) as http:
        thread = threading.Thread(target=accept_and_read_nothing, args=(listener,))
        thread.start()
        url = parse_url(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        with pytest.raises(HttpError) as caught:
            http.send(
                HttpRequest("POST", url, (), bytes(50_000_000)), timeout_s=1e6, is_cancelled=accepted.is_set
            )
        done.set()
        thread.join()
    assert caught.value.code == "http.cancelled"


def test_stop_works_in_the_middle_of_a_slow_body(server: EchoServer) -> None:
    begun = threading.Event()

    def body() -> Iterator[bytes | threading.Event]:
        yield b"first"
        begun.set()
        yield server.gate()

    url = server.reply("/x", Reply(200, chunks=body()))
    with HttpClient(Settings()) as http, pytest.raises(HttpError) as caught:
        http.send(HttpRequest("GET", parse_url(url)), timeout_s=1e6, is_cancelled=begun.is_set)
    assert caught.value.code == "http.cancelled"


def test_a_body_that_drips_without_end_meets_the_deadline(server: EchoServer) -> None:
    def drip(_seen: Seen) -> Reply:
        return Reply(200, chunks=(b"x" for _ in count()))

    ticks = count()
    machine = Machine(monotonic=lambda: float(next(ticks)))
    with HttpClient(Settings(), machine) as http, pytest.raises(HttpError) as caught:
        http.send(HttpRequest("GET", parse_url(server.reply("/x", drip))), timeout_s=40, is_cancelled=never)
    assert caught.value.code == "http.timeout"


def test_the_deadline_holds_for_a_server_that_never_answers(server: EchoServer) -> None:
    url = server.reply("/x", held(server.gate()))
    machine = Machine(monotonic=lambda: 100.0 if server.requests else 0.0)
    with HttpClient(Settings(), machine) as http, pytest.raises(HttpError) as caught:
        http.send(HttpRequest("GET", parse_url(url)), timeout_s=60)
    assert caught.value.code == "http.timeout"
    assert caught.value.retryable
