import socket
import sys
from pathlib import Path

import pytest

import network_guard
from network_guard import ReachedOut

ELSEWHERE = ("192.0.2.1", "2001:db8::1", "169.254.1.1", "0.0.0.0", "::ffff:192.0.2.1")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1", "localhost"])
def test_loopback_is_known_in_every_spelling(host: str) -> None:
    assert network_guard.is_loopback(host)


@pytest.mark.parametrize("host", [*ELSEWHERE, "example.org", "localhost.example.org", ""])
def test_everything_else_is_not_loopback(host: str) -> None:
    assert not network_guard.is_loopback(host)


def test_a_connection_to_elsewhere_is_refused_and_remembered() -> None:
    with socket.socket() as opened, pytest.raises(ReachedOut, match=r"192\.0\.2\.1"):
        opened.connect(("192.0.2.1", 80))
    assert network_guard.take_violations() == ["socket.connect 192.0.2.1"]


def test_a_datagram_to_elsewhere_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as opened, pytest.raises(ReachedOut):
        opened.sendto(b"", ("192.0.2.1", 53))
    assert len(network_guard.take_violations()) == 1


def test_listening_to_everyone_is_refused() -> None:
    with socket.socket() as opened, pytest.raises(ReachedOut):
        opened.bind(("", 0))
    assert len(network_guard.take_violations()) == 1


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(ReachedOut, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)
    assert network_guard.take_violations() == ["name look-up example.org"]


def test_a_name_that_cannot_exist_fails_as_it_would_anywhere() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("nowhere.invalid", 443)
    assert network_guard.take_violations() == []


def test_loopback_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    assert network_guard.take_violations() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no unix sockets in Python")
def test_a_unix_socket_can_be_reached(tmp_path: Path) -> None:
    place = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(place)
        server.listen()
        client.connect(place)
        assert client.getpeername() == place
