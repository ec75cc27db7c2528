import selectors
import socket
from collections.abc import Sequence
from contextlib import ExitStack

import pytest

from backend.bridge.events import MAX_LISTENERS
from backend.bridge.server import MAX_CONNECTIONS, THREADS, bind
from backend.serve import Serving
from engine.events import Event, StepStarted
from servers.browser import Browser, connections, head


def wait_for_ends(streams: Sequence[socket.socket], count: int) -> None:
    """Read all of them until so many have ended, whichever they are."""
    with selectors.DefaultSelector() as waiting:
        for stream in streams:
            waiting.register(stream, selectors.EVENT_READ, stream)
        while len(waiting.get_map()) > len(streams) - count:
            for found, _ in waiting.select(20):
                if is_at_end(found.data):
                    waiting.unregister(found.data)


def is_at_end(stream: socket.socket) -> bool:
    try:
        return stream.recv(65536) == b""
    except ConnectionError:
        return True


def test_only_loopback_is_listened_on() -> None:
    with bind() as bound:
        assert bound.getsockname()[0] == "127.0.0.1"


def test_a_port_is_had_by_one_alone(serving: Serving) -> None:
    with pytest.raises(OSError, match="in use"):
        bind(serving.port)


def test_connections_that_say_nothing_or_never_end_their_head_hold_up_nobody(serving: Serving) -> None:
    page = Browser(serving)
    page.enter()
    unfinished = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "
    with connections(serving, MAX_CONNECTIONS, unfinished), connections(serving, MAX_CONNECTIONS):
        assert page.post("app.info").status == 200
        late = Browser(serving)
        assert late.send("GET", "/", headers={"Cookie": page.cookie}).status == 200
        late.connection.close()
    page.connection.close()


def test_bodies_that_never_come_hold_no_thread(browser: Browser) -> None:
    request = head(browser, "POST /api/app.info HTTP/1.1") + "Content-Length: 4000000\r\n\r\n{"
    with connections(browser.serving, THREADS * 2, request.encode()):
        assert browser.post("app.info").status == 200


def test_one_page_that_listens_too_often_starves_no_call(browser: Browser) -> None:
    request = head(browser, "GET /api/events HTTP/1.1") + "\r\n"
    with connections(browser.serving, THREADS * 2, request.encode()) as streams:
        assert browser.post("app.info").status == 200
        wait_for_ends(streams, len(streams) - MAX_LISTENERS)


def test_streams_that_nobody_reads_starve_no_call(browser: Browser) -> None:
    request = (head(browser, "GET /api/events HTTP/1.1") + "\r\n").encode()
    hub = browser.serving.desk.hub
    with ExitStack() as stack:
        for _ in range(3):
            streams = stack.enter_context(connections(browser.serving, MAX_LISTENERS, request))
            for stream in streams:
                assert stream.recv(20)
            for _ in range(12):
                hub.run(Event("r", 0, 1.0, "0", StepStarted("s" * 1_000_000, "wait")))
            assert browser.post("app.info").status == 200
