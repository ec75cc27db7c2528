"""What a program on this machine may try at the door besides asking nicely."""

import re
import socket

import pytest

from backend.bridge.answer import GUARDS
from servers.browser import Browser, head, raw
from servers.other_user import foreign_socket, may_be_another_user

needs_root = pytest.mark.skipif(not may_be_another_user(), reason="only root can be another user")


def statuses(answer: bytes) -> list[str]:
    return [found.decode() for found in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answer)]


# ---------------------------------------------------------------- another user


@needs_root
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_another_user_gets_nothing_for_the_link_and_spoils_it_for_nobody(
    stranger: Browser, family: socket.AddressFamily
) -> None:
    path = stranger.serving.link.removeprefix(stranger.origin)
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{stranger.serving.port}\r\n\r\n".encode()
    connection = foreign_socket(family)
    address = "127.0.0.1" if family == socket.AF_INET else "::ffff:127.0.0.1"
    connection.connect((address, stranger.serving.port))
    answer = raw(stranger.serving, asked, connection)
    assert statuses(answer) == ["403"]
    assert b"bridge.foreign_user" in answer
    assert b"Set-Cookie" not in answer
    assert stranger.enter().status == 303


@needs_root
@pytest.mark.parametrize("first", ["GET / HTTP/1.1", "GET /api/session HTTP/1.1", "GET /api/events HTTP/1.1"])
def test_a_stolen_cookie_is_worth_nothing_to_another_user(browser: Browser, first: str) -> None:
    connection = foreign_socket()
    connection.connect(("127.0.0.1", browser.serving.port))
    answer = raw(browser.serving, f"{head(browser, first)}\r\n".encode(), connection)
    assert statuses(answer) == ["403"]
    assert b"bridge.foreign_user" in answer


# ---------------------------------------------------------------- one request inside another


@pytest.mark.parametrize(
    "framing",
    [
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 2",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\x0bchunked",
        "Content-Length: 2\r\nContent-Length: 40",
        "Content-Length: 2, 2",
        "Content-Length: +2",
        "Content-Length: -2",
        "Content-Length: 0x2",
        "Content-Length: 2_0",
        "Content-Length: ٢",
        "Content-Length:",
        "Content-Length: 2\r\n X: y",
        "Content-Length: 2\r\nX\x00: y",
        "Content-Length: 2\nX: y",
    ],
)
def test_a_body_of_two_lengths_is_refused_and_nothing_behind_it_is_answered(
    browser: Browser, framing: str
) -> None:
    request = head(browser, "POST /api/app.info HTTP/1.1") + framing + "\r\n\r\n{}"
    behind = head(browser, "POST /api/credentials.list HTTP/1.1") + "Content-Length: 2\r\n\r\n{}"
    answer = raw(browser.serving, (request + behind).encode())
    assert [status[0] for status in statuses(answer)] == ["4"]
    assert all(f"{name}: {value}".encode() in answer for name, value in GUARDS)


@pytest.mark.parametrize(
    "chunks",
    ["2\r\n{}\r\n0\r\n\r\n", "2;x=y\r\n{}\r\n0\r\n\r\n", "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"],
)
def test_a_body_in_chunks_is_one_body(browser: Browser, chunks: str) -> None:
    request = head(browser, "POST /api/app.info HTTP/1.1") + "Transfer-Encoding: chunked\r\n\r\n" + chunks
    assert statuses(raw(browser.serving, request.encode())) == ["200"]


@pytest.mark.parametrize(
    "chunks", ["-2\r\n{}\r\n0\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n", "zz\r\n", "2\n{}\n0\n\n"]
)
def test_a_broken_chunk_is_refused(browser: Browser, chunks: str) -> None:
    request = head(browser, "POST /api/app.info HTTP/1.1") + "Transfer-Encoding: chunked\r\n\r\n" + chunks
    assert [status[0] for status in statuses(raw(browser.serving, request.encode()))] in (["4"], [])


def test_chunks_that_are_too_large_together_are_refused(browser: Browser) -> None:
    request = head(browser, "POST /api/app.info HTTP/1.1") + "Transfer-Encoding: chunked\r\n\r\n"
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", browser.serving.port), 20) as connection:
        connection.sendall(request.encode())
        refused = b""
        try:
            for _ in range(6):
                connection.sendall(chunk)
            refused = connection.recv(100)
        except ConnectionError:
            pass
    assert refused[:12] in (b"HTTP/1.1 413", b"")
    assert browser.post("app.info").status == 200


def test_what_was_sent_ahead_is_answered_in_its_order_and_checked_each_by_itself(browser: Browser) -> None:
    own = head(browser, "GET /api/session HTTP/1.1")
    foreign = head(browser, "GET /api/session HTTP/1.1", Cookie=None)
    answer = raw(browser.serving, f"{own}\r\n{foreign}\r\n{own}\r\n".encode())
    assert statuses(answer) == ["200", "403", "200"]


def test_a_question_for_the_head_alone_leaves_the_connection_in_order(browser: Browser) -> None:
    asked = head(browser, "HEAD / HTTP/1.1") + "\r\n" + head(browser, "GET /api/session HTTP/1.1") + "\r\n"
    answer = raw(browser.serving, asked.encode())
    assert statuses(answer) == ["405", "200"]
    assert b'"code"' not in answer


@pytest.mark.parametrize(
    ("first", "status"),
    [
        ("GET http://evil.example/ HTTP/1.1", "200"),
        ("GET http://evil.example/api/session HTTP/1.1", "200"),
        ("GET /%61pi/app.info HTTP/1.1", "405"),
        ("GET /api/../api/session HTTP/1.1", "405"),
        ("GET //evil.example/ HTTP/1.1", "404"),
        ("GET \\\\evil.example HTTP/1.1", "404"),
        ("CONNECT evil.example:443 HTTP/1.1", "405"),
        ("OPTIONS * HTTP/1.1", "405"),
    ],
)
def test_an_odd_target_meets_the_same_checks_and_leads_nowhere_else(
    browser: Browser, first: str, status: str
) -> None:
    assert statuses(raw(browser.serving, f"{head(browser, first)}\r\n".encode())) == [status]
    without = raw(browser.serving, f"{head(browser, first, Cookie=None)}\r\n".encode())
    assert statuses(without) == ["403"]


@pytest.mark.parametrize("port", ["80", "1", "65535"])
@pytest.mark.parametrize("host", ["rebound.example:{port}", "127.0.0.1:{port}, evil.example", "[::1]:{port}"])
def test_a_second_or_rebound_host_is_refused_whatever_its_form(
    browser: Browser, host: str, port: str
) -> None:
    named = host.format(port=browser.serving.port)
    lines = (
        f"GET /api/session HTTP/1.1\r\nHost: {named}\r\nHost: x:{port}\r\nCookie: {browser.cookie}\r\n\r\n"
    )
    answer = raw(browser.serving, lines.encode())
    assert statuses(answer)[0][0] == "4"
    assert browser.token.encode() not in answer


def test_without_a_host_nothing_is_answered_in_any_version(browser: Browser) -> None:
    for version in ("1.0", "1.1"):
        answer = raw(
            browser.serving, f"GET /api/session HTTP/{version}\r\nCookie: {browser.cookie}\r\n\r\n".encode()
        )
        assert b" 421 " in answer.splitlines()[0]
    assert browser.token.encode() not in raw(browser.serving, b"GET /api/session\r\n\r\n")


# ---------------------------------------------------------------- who gets in


def test_a_cookie_that_another_port_has_set_locks_nobody_out(browser: Browser) -> None:
    name, _, value = browser.cookie.partition("=")
    for cookie in (
        f"{name}=junk; {name}={value}",
        f"{name}={value}; {name}=junk",
        f"x={'y' * 9000}; {name}={value}",
    ):
        assert browser.send("GET", "/", headers={"Cookie": cookie}).status == 200


def test_a_cookie_that_another_port_has_set_lets_nobody_in(stranger: Browser) -> None:
    cookie = f"loopi-{stranger.serving.port}=fixed-by-somebody"
    link = stranger.serving.link.removeprefix(stranger.origin)
    given = stranger.send("GET", link, headers={"Cookie": cookie}).headers["Set-Cookie"]
    assert "fixed-by-somebody" not in given
    assert stranger.send("GET", "/", headers={"Cookie": cookie}).status == 403


def test_the_token_alone_and_the_cookie_of_another_door_open_nothing(browser: Browser) -> None:
    assert browser.post("app.info", Cookie=None).code == "bridge.no_session"
    assert browser.post("app.info", Cookie=browser.cookie.replace("=", "x=")).code == "bridge.no_session"


def test_whoever_asks_the_port_before_the_link_is_used_learns_nothing_and_does_not_use_it(
    stranger: Browser,
) -> None:
    link = stranger.serving.link.partition("link=")[2]
    for path in (
        "/",
        "/?link=",
        f"/?link={link[:-1]}",
        f"/?LINK={link}",
        f"/x?link={link}",
        f"/?x=1&link={link}",
    ):
        reply = stranger.send("GET", path)
        assert reply.status == 403
        assert link.encode() not in reply.content
    for verb in ("POST", "PUT", "HEAD"):
        assert stranger.send(verb, f"/?link={link}").status == 403
    assert stranger.enter().status == 303
