"""Servers for the bench, each in a process of its own: `stand_in.py weather|x|waitress` prints its URL.

They end when standard input closes. `weather` is as small as can be: a slow server would hide the client.
"""

import asyncio
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[0] = str(HERE.parent)

from servers.loopback import Seen  # noqa: E402 - beside this folder
from servers.openweather import OpenWeatherServer  # noqa: E402 - as above
from servers.x_api import XServer  # noqa: E402 - as above

_PATH = "/data/2.5/weather?q=London&appid="
_END = b"\r\n\r\n"


class _Weather(asyncio.Protocol):
    """Answers every request that has no body with the same weather, on a connection that stays open."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._left = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # asyncio sets TCP_NODELAY on every TCP transport.
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self._left = (self._left + data).split(_END)
        for _ in requests:
            self._transport.write(self._answer)


def _answer() -> bytes:
    known = OpenWeatherServer()
    reply = known.handle(Seen("GET", _PATH + known.api_key, (), b""))
    lines = ["HTTP/1.1 200 OK", "Content-Type: application/json; charset=utf-8"]
    head = "\r\n".join([*lines, f"Content-Length: {len(reply.body)}", "Connection: keep-alive"])
    return head.encode() + _END + reply.body


async def _serve_weather() -> None:
    answer = _answer()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: _Weather(answer), "127.0.0.1", 0)
    _say(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
    await loop.run_in_executor(None, sys.stdin.read)
    listening.close()


def _serve_x() -> None:
    with XServer() as x:
        # X's own limits are lower than what a bench asks for: Loopi would wait for the next window.
        x.limit = sys.maxsize
        _say(x.url)
        # What it remembers of each request is for tests; thousands would fill the memory.
        forgetting = threading.Event()
        threading.Thread(target=_forget, args=(x, forgetting), daemon=True).start()
        sys.stdin.read()
        forgetting.set()


def _forget(x: XServer, is_over: threading.Event) -> None:
    while not is_over.wait(0.5):
        x.requests.clear()


def _say(url: str) -> None:
    print(url, flush=True)


def _serve_waitress() -> None:
    """The least that waitress can do: one short answer."""
    from waitress.server import create_server

    def answer(_environ: object, start: Callable[[str, list[tuple[str, str]]], object]) -> list[bytes]:
        body = b'{"ok":true,"value":{}}'
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    server = create_server(answer, host="127.0.0.1", port=0, threads=16)
    threading.Thread(target=server.run, daemon=True).start()
    _say(f"http://127.0.0.1:{server.effective_port}")
    sys.stdin.read()


SERVERS: Mapping[str, Callable[[], None]] = {
    "weather": lambda: asyncio.run(_serve_weather()),
    "x": _serve_x,
    "waitress": _serve_waitress,
}

if __name__ == "__main__":
    SERVERS[sys.argv[1]]()
