import http.client
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from servers import echo
from servers.echo import EchoServer
from servers.loopback import Reply


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=10) as running:
        yield running


def test_an_unprogrammed_path_echoes_the_request(server: EchoServer, client: httpx.Client) -> None:
    shown = client.put(server.url + "/a%20b?x=1", content="é", headers={"X-Tag": "yes"}).json()
    assert (shown["method"], shown["path"], shown["query"], shown["body"]) == ("PUT", "/a b", {"x": "1"}, "é")
    assert shown["headers"]["x-tag"] == "yes"


def test_a_chunked_request_body_is_read_whole(server: EchoServer, client: httpx.Client) -> None:
    assert client.post(server.url + "/", content=iter([b"ab", b"cd"])).json()["body"] == "abcd"


def test_replies_are_used_up_and_the_last_one_stays(server: EchoServer, client: httpx.Client) -> None:
    url = server.reply("/x", echo.too_busy("1"), Reply(200, b"done"))
    assert [client.get(url).status_code for _ in range(3)] == [429, 200, 200]


def test_one_connection_serves_many_requests(server: EchoServer) -> None:
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port)
    sockets: set[socket.socket | None] = set()
    for _ in range(3):
        connection.request("GET", "/")
        sockets.add(connection.sock)
        connection.getresponse().read()
    connection.close()
    assert len(sockets) == 1
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "reply", [echo.gzipped(b"body"), echo.deflated(b"body"), echo.deflated(b"body", is_raw=True)]
)
def test_a_compressed_body_inflates(server: EchoServer, client: httpx.Client, reply: Reply) -> None:
    assert client.get(server.reply("/x", reply)).content == b"body"


def test_the_bomb_is_small_on_the_wire(server: EchoServer, client: httpx.Client) -> None:
    with client.stream("GET", server.reply("/x", echo.gzip_bomb(64))) as answer:
        size = sum(len(chunk) for chunk in answer.iter_raw())
    assert size < 100_000


def test_a_cut_body_ends_early(server: EchoServer, client: httpx.Client) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="received 3 bytes, expected 10"):
        client.get(server.reply("/x", echo.cut(b"0123456789", 3)))


def test_a_wrong_content_length_is_sent_as_told(server: EchoServer, client: httpx.Client) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="received 3 bytes, expected 5"):
        client.get(server.reply("/x", echo.mislabelled(b"abc", 5)))


def test_a_dropped_request_gets_no_answer(server: EchoServer, client: httpx.Client) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(server.reply("/x", echo.dropped()))


def test_a_slow_body_waits_for_its_gate(server: EchoServer, client: httpx.Client) -> None:
    gate = server.gate()
    with client.stream("GET", server.reply("/x", echo.chunked(b"first", gate, b"last"))) as answer:
        chunks = answer.iter_raw()
        assert next(chunks) == b"first"
        gate.set()
        assert next(chunks) == b"last"


def test_a_held_answer_comes_after_its_gate(server: EchoServer, client: httpx.Client) -> None:
    gate = server.gate()
    url = server.reply("/x", echo.held(gate))
    with pytest.raises(httpx.ReadTimeout):
        client.get(url, timeout=0.05)
    gate.set()
    assert client.get(url).content == b"late"


def test_text_comes_in_the_charset_that_was_asked_for(server: EchoServer, client: httpx.Client) -> None:
    answer = client.get(server.reply("/x", echo.text_reply("é", "iso-8859-1")))
    assert (answer.content, answer.text) == (b"\xe9", "é")


def test_redirects_cookies_and_big_numbers_are_sent_as_given(
    server: EchoServer, client: httpx.Client
) -> None:
    moved = client.get(server.reply("/a", echo.redirect("ftp://127.0.0.1/x", 307)))
    cookies = client.get(server.reply("/b", echo.with_cookies("a=1", "b=2"))).headers.get_list("set-cookie")
    big = client.get(server.reply("/c", echo.json_reply('{"id": 12345678901234567890}')))
    assert (moved.status_code, moved.headers["location"]) == (307, "ftp://127.0.0.1/x")
    assert cookies == ["a=1", "b=2"]
    assert big.json()["id"] == 12345678901234567890


def test_basic_auth_lets_only_the_right_password_in(server: EchoServer, client: httpx.Client) -> None:
    url = server.reply("/x", echo.basic_auth("ann", "pä:ss"))
    assert client.get(url, auth=("ann", "pä:ss")).status_code == 200
    assert client.get(url, auth=("ann", "wrong")).status_code == 401
    assert client.get(url).status_code == 401


def test_a_crash_in_a_handler_fails_the_test_that_caused_it() -> None:
    def crash(_seen: object) -> Reply:
        raise KeyError("oops")

    server = EchoServer().start()
    with pytest.raises(httpx.RemoteProtocolError), httpx.Client(trust_env=False) as client:
        client.get(server.reply("/x", crash))
    with pytest.raises(KeyError, match="oops"):
        server.__exit__(None, None, None)
