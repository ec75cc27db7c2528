"""A service on loopback that the self-test's own run calls. It remembers who came with what."""

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

WEATHER = "/weather"
USER = "/2/users/by/username/"


class StandIn:
    """Answers a question about the weather and a look-up of a user on X, once it is entered."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        """The path and the Authorization header of each request."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.stand_in = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def answer(path: str) -> Mapping[str, object]:
    """What a request gets. The weather repeats what it was asked, as careless services do."""
    if path.startswith(USER):
        return {"data": {"id": "1", "name": "Ada", "username": path.removeprefix(USER).partition("?")[0]}}
    return {"weather": "clear", "asked": path}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stand_in: StandIn


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self.server.stand_in.seen.append((self.path, self.headers.get("Authorization", "")))
        content = json.dumps(answer(self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing: a line for each request would stand between those of the checks."""
