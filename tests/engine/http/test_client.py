import logging
import socket
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from drive.http import KEY, only, send
from engine.http.client import HttpClient, Machine
from engine.http.error import BlockedByPolicy, HttpError
from engine.http.message import HttpRequest
from engine.http.network import Found
from engine.http.url import parse_url
from engine.ports import Settings
from servers.echo import EchoServer, json_reply
from servers.loopback import Seen


def test_fifty_requests_in_a_row_take_one_connection(server: EchoServer) -> None:
    opened: list[str] = []

    def counting(host: str, port: int) -> Sequence[Found]:
        opened.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]

    url = server.url.replace("127.0.0.1", "api.test")
    with HttpClient(Settings(), Machine(look_up=counting, find_proxy=lambda _: None)) as http:
        assert {send(http, url).status for _ in range(50)} == {200}
    assert opened == ["api.test"]


def test_eight_threads_share_a_client_without_mixing_answers(http: HttpClient, server: EchoServer) -> None:
    def ask(number: int) -> bool:
        return b'"n": "%d"' % number in send(http, f"{server.url}/x?n={number}").body

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(200)))
    assert len(server.requests) == 200


def test_a_request_arrives_as_it_was_built(http: HttpClient, server: EchoServer) -> None:
    send(http, server.url + "/a%20b?x=1&x=2", "POST", body=b"abc")
    seen = server.requests[0]
    assert (seen.method, seen.target, seen.body) == ("POST", "/a%20b?x=1&x=2", b"abc")
    assert seen.header("Content-Length") == "3"
    assert seen.header("Host") == server.url.removeprefix("http://")
    assert seen.header("User-Agent") == "Loopi"


def test_a_post_without_a_body_says_that_it_has_none(http: HttpClient, server: EchoServer) -> None:
    send(http, server.url + "/x", "POST")
    assert server.requests[0].header("Content-Length") == "0"


def test_own_headers_come_before_the_defaults(http: HttpClient, server: EchoServer) -> None:
    http.send(HttpRequest("GET", parse_url(server.url), (("user-agent", "mine"),)), timeout_s=20)
    agents = [value for name, value in server.requests[0].headers if name.lower() == "user-agent"]
    assert agents == ["mine"]


def test_a_line_break_in_a_header_stops_the_request_before_it_is_sent(
    http: HttpClient, server: EchoServer
) -> None:
    request = HttpRequest("GET", parse_url(server.url), (("X-City", "a\r\nX-Evil: 1"),))
    with pytest.raises(HttpError) as caught:
        http.send(request, timeout_s=20)
    assert caught.value.code == "http.invalid_header"
    assert (server.requests, caught.value.may_have_happened) == ([], False)


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest/meta-data/", "http://metadata.google.internal/"]
)
def test_metadata_is_not_asked_for(http: HttpClient, url: str) -> None:
    with pytest.raises(BlockedByPolicy) as caught:
        send(http, url)
    assert caught.value.code == "policy.link_local"


def test_a_name_is_looked_up_once_and_the_checked_address_is_called(server: EchoServer) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[Found]:
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, port))]

    url = server.url.replace("127.0.0.1", "api.test") + "/x"
    with HttpClient(Settings(), Machine(look_up=rebinding, find_proxy=lambda _: None)) as http:
        assert send(http, url).status == 200
        assert send(http, url).status == 200
    assert asked == ["api.test"]


def test_stop_before_the_request_sends_nothing(http: HttpClient, server: EchoServer) -> None:
    with pytest.raises(HttpError) as caught:
        http.send(HttpRequest("POST", parse_url(server.url)), timeout_s=20, is_cancelled=lambda: True)
    assert caught.value.code == "http.cancelled"
    assert (server.requests, caught.value.may_have_happened) == ([], False)


def test_a_connection_is_not_used_again_after_stop(http: HttpClient, server: EchoServer) -> None:
    gate, stop = server.gate(), threading.Event()

    def late(_seen: Seen):  # type: ignore[no-untyped-def]  # noqa: ANN202
        stop.set()
        gate.wait(30)
        return json_reply({"late": True})

    with pytest.raises(HttpError):
        http.send(
            HttpRequest("GET", parse_url(server.reply("/late", late))),
            timeout_s=1e6,
            is_cancelled=stop.is_set,
        )
    gate.set()
    assert b"late" not in send(http, server.reply("/x", json_reply({"fresh": True}))).body


def test_nothing_is_logged_of_a_request(server: EchoServer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), HttpClient(Settings()) as http:
        send(http, server.url + "/x?key=hunter2", allowed=only(server))
    assert "hunter2" not in caplog.text
    assert KEY[1] not in caplog.text
