import socket

import pytest

from backend.bridge.server import bind
from backend.serve import Serving


def test_only_loopback_is_listened_on() -> None:
    with bind() as bound:
        assert bound.getsockname()[0] == "127.0.0.1"


def test_a_port_is_had_by_one_alone(serving: Serving) -> None:
    with pytest.raises(OSError, match="in use"):
        bind(serving.port)


def test_a_silent_connection_holds_up_nobody(serving: Serving) -> None:
    idle = [socket.create_connection(("127.0.0.1", serving.port)) for _ in range(30)]
    with socket.create_connection(("127.0.0.1", serving.port), timeout=20) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 421")
    for each in idle:
        each.close()
