import gc
import socket
import threading
from collections.abc import Sequence

import pytest

from engine.http.client import HttpClient, Machine
from engine.http.error import HttpError
from engine.http.message import HttpRequest, HttpResponse
from engine.http.network import Found
from engine.http.pool import KEPT_CONNECTIONS, KEPT_FOR_S
from engine.http.url import parse_url
from engine.ports import Settings
from servers.echo import EchoServer, held
from servers.raw import RawServer, answer

OK = answer()


def send(http: HttpClient, url: str, method: str = "GET", body: bytes | None = None) -> HttpResponse:
    return http.send(HttpRequest(method, parse_url(url), (), body), timeout_s=20)


def failure(http: HttpClient, url: str, method: str) -> HttpError:
    with pytest.raises(HttpError) as caught:
        send(http, url, method)
    return caught.value


def test_a_connection_is_used_again() -> None:
    with RawServer([OK, OK, OK]) as server, HttpClient(Settings()) as http:
        assert [send(http, server.url).body for _ in range(3)] == [b"hello"] * 3
    assert [len(heard) for heard in server.heard] == [3]


@pytest.mark.parametrize(
    "first",
    [
        answer(b"hello", b"Connection: close"),
        b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
    ],
    ids=["it says close", "it is HTTP/1.0", "more than the answer came"],
)
def test_a_connection_is_not_used_again_when(first: bytes) -> None:
    with RawServer([first, OK], [answer(b"fresh")]) as server, HttpClient(Settings()) as http:
        assert send(http, server.url).body == b"hello"
        assert send(http, server.url).body == b"fresh"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_connection_that_the_server_closed_meanwhile_is_left_alone(method: str) -> None:
    with RawServer([OK], [OK]) as server, HttpClient(Settings()) as http:
        send(http, server.url)
        _until_closed(http)
        assert send(http, server.url, method).body == b"hello"
    assert [len(heard) for heard in server.heard] == [1, 1]


def _until_closed(http: HttpClient) -> None:
    """Wait, on the client's only kept connection, until the server's end of it has arrived."""
    (kept,) = http.pool.kept
    while not kept.stream.is_readable():
        pass


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
def test_a_repeatable_request_that_a_kept_connection_did_not_answer_goes_out_once_more(method: str) -> None:
    with RawServer([OK, b""], [answer(b"", b"X-Fresh: yes")]) as server, HttpClient(Settings()) as http:
        send(http, server.url)
        assert send(http, server.url, method).headers.get("x-fresh") == "yes"
    assert [len(heard) for heard in server.heard] == [2, 1]


@pytest.mark.parametrize("method", ["POST", "PATCH", "MKCOL"])
def test_a_request_that_is_done_once_never_goes_out_twice(method: str) -> None:
    with RawServer([OK, b""], [OK]) as server, HttpClient(Settings()) as http:
        send(http, server.url)
        error = failure(http, server.url, method)
    assert (error.code, error.may_have_happened) == ("http.connection_lost", True)
    assert len(server.requests) == 2


def test_a_request_is_repeated_once_and_not_again() -> None:
    with RawServer([OK, b""], [b""], [OK]) as server, HttpClient(Settings()) as http:
        send(http, server.url)
        assert failure(http, server.url, "GET").code == "http.connection_lost"
    assert len(server.requests) == 3


def test_a_new_connection_without_an_answer_is_not_tried_again() -> None:
    with RawServer([b""], [OK]) as server, HttpClient(Settings()) as http:
        assert failure(http, server.url, "GET").code == "http.connection_lost"
    assert len(server.requests) == 1


def test_an_answer_that_breaks_off_is_not_asked_for_again() -> None:
    with RawServer([OK, b"HTTP/1.1 2"], [OK]) as server, HttpClient(Settings()) as http:
        send(http, server.url)
        assert failure(http, server.url, "GET").code == "http.connection_lost"
    assert len(server.requests) == 2


def test_what_is_no_http_on_a_kept_connection_is_not_asked_for_again() -> None:
    with RawServer([OK, b"SSH-2.0-x\r\n\r\n"], [OK]) as server, HttpClient(Settings()) as http:
        send(http, server.url)
        assert failure(http, server.url, "GET").code == "http.bad_response"
    assert len(server.requests) == 2


def test_a_connection_is_not_kept_for_long() -> None:
    now = [100.0]
    machine = Machine(monotonic=lambda: now[0])
    with RawServer([OK, OK], [OK]) as server, HttpClient(Settings(), machine) as http:
        send(http, server.url)
        now[0] += KEPT_FOR_S - 1
        send(http, server.url)
        now[0] += KEPT_FOR_S + 1
        send(http, server.url)
    assert [len(heard) for heard in server.heard] == [2, 1]


def test_connections_to_two_servers_are_never_mistaken_for_each_other() -> None:
    ones = [answer(b"one"), answer(b"one")]
    with RawServer(ones) as one, RawServer([answer(b"two")]) as two, HttpClient(Settings()) as http:
        found = [send(http, each.url).body for each in (one, two, one)]
    assert found == [b"one", b"two", b"one"]


def test_no_more_connections_are_kept_than_the_limit() -> None:
    names = [f"http://n{index}.test" for index in range(KEPT_CONNECTIONS + 5)]
    with EchoServer() as server:
        port = int(server.url.rpartition(":")[2])

        def local(_host: str, port: int) -> Sequence[Found]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]

        with HttpClient(Settings(), Machine(look_up=local, find_proxy=lambda _: None)) as http:
            for name in names:
                send(http, f"{name}:{port}/")
            assert len(http.pool.kept) == KEPT_CONNECTIONS
        assert len(http.pool.kept) == 0


@pytest.mark.parametrize("requests_before", [0, 1])
def test_closing_ends_a_request_under_way_and_does_not_repeat_it(requests_before: int) -> None:
    with EchoServer() as server:
        url, begun = server.reply("/x", held(server.gate())), threading.Event()
        http, found = HttpClient(Settings()), list[str]()
        for _ in range(requests_before):
            send(http, server.url)

        def ask() -> None:
            try:
                http.send(
                    HttpRequest("GET", parse_url(url)),
                    timeout_s=1e6,
                    is_cancelled=lambda: _seen(server, begun),
                )
            except HttpError as error:
                found.append(error.code)

        thread = threading.Thread(target=ask)
        thread.start()
        assert begun.wait(30)
        http.close()
        thread.join(30)
        assert len(server.seen("/x")) == 1
    assert found == ["http.connection_lost"]


def _seen(server: EchoServer, begun: threading.Event) -> bool:
    if server.seen("/x"):
        begun.set()
    return False


def test_a_failed_request_leaves_no_socket_behind(recwarn: pytest.WarningsRecorder) -> None:
    with RawServer([b"SSH-2.0-x\r\n\r\n"]) as server, HttpClient(Settings()) as http:
        assert failure(http, server.url, "GET").code == "http.bad_response"
    gc.collect()
    assert not [each for each in recwarn if each.category is ResourceWarning]
