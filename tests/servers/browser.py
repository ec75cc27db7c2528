"""A browser as the door sees it: one keep-alive connection, a cookie, a token, and JSON in and out."""

import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from backend.serve import Serving


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    content: bytes

    def json(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        return json.loads(self.content)

    @property
    def code(self) -> str:
        """The code of the error in the envelope."""
        return str(self.json()["error"]["code"])


@dataclass
class Browser:
    serving: Serving
    cookie: str = ""
    token: str = ""
    seen: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.serving.port, timeout=20)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.serving.port}"

    def send(
        self,
        verb: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Whatever a program on this machine may send."""
        self.connection.request(verb, path, body, dict(headers or {}))
        response = self.connection.getresponse()
        reply = Reply(response.status, response.headers, response.read())
        self.seen += [str(reply.headers).encode(), reply.content]
        return reply

    def enter(self) -> Reply:
        """Use the link, and take what it gives."""
        reply = self.send("GET", self.serving.link.removeprefix(self.origin))
        self.cookie = (reply.headers["Set-Cookie"] or "").split(";")[0]
        self.token = self.send("GET", "/api/session", headers={"Cookie": self.cookie}).json()["value"][
            "token"
        ]
        return reply

    def headers(self, **changes: str | None) -> dict[str, str]:
        """Those of the page's own calls, with changes; None leaves one out."""
        usual: dict[str, str | None] = {
            "Cookie": self.cookie,
            "Origin": self.origin,
            "X-Loopi": self.token,
            "Content-Type": "application/json",
        }
        renamed = {name.replace("_", "-"): value for name, value in changes.items()}
        return {name: value for name, value in {**usual, **renamed}.items() if value is not None}

    def post(self, method: str, params: object = None, **changes: str | None) -> Reply:
        """Call a method, as raw bytes when they are given."""
        body = params if isinstance(params, bytes) else json.dumps(params or {}).encode()
        return self.send("POST", f"/api/{method}", body, self.headers(**changes))

    def call(self, method: str, params: object = None) -> Any:  # noqa: ANN401 - whatever JSON holds
        """The value that a method answers."""
        envelope = self.post(method, params).json()
        assert envelope["ok"], envelope
        return envelope["value"]

    def refused(self, method: str, params: object = None) -> Any:  # noqa: ANN401 - whatever JSON holds
        """The error that a method answers."""
        envelope = self.post(method, params).json()
        assert not envelope["ok"], envelope
        return envelope["error"]

    def listen(self) -> "Stream":
        return Stream(self)


class Stream:
    """What the door tells of its own accord."""

    def __init__(self, browser: Browser) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", browser.serving.port, timeout=20)
        self._connection.request("GET", "/api/events", headers={"Cookie": browser.cookie})
        self.response = self._connection.getresponse()
        self._browser = browser
        while self.response.status == 200 and self.response.readline() != b"\n":
            pass

    def next(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        """The next message; heartbeats are passed over. None at the end."""
        while line := self.response.readline():
            self._browser.seen.append(line)
            if line.startswith(b"data: "):
                return json.loads(line.removeprefix(b"data: "))
        return None

    def close(self) -> None:
        with closing(self._connection):
            self.response.close()


def raw(serving: Serving, sent: bytes, connection: socket.socket | None = None) -> bytes:
    """All that the door says to these very bytes."""
    with connection or socket.create_connection(("127.0.0.1", serving.port)) as own:
        own.settimeout(20)
        own.sendall(sent)
        own.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := own.recv(65536):
            answer += chunk
    return answer


def head(browser: Browser, first: str, **changes: str | None) -> str:
    """The head of a request of the page's own, without the empty line at its end."""
    lines = [first, f"Host: 127.0.0.1:{browser.serving.port}"]
    return "\r\n".join(
        [*lines, *(f"{name}: {value}" for name, value in browser.headers(**changes).items()), ""]
    )


@contextmanager
def connections(serving: Serving, count: int, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    """So many at once, each of which has sent this."""
    with ExitStack() as stack:
        opened = []
        for _ in range(count):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", serving.port), 20))
            connection.sendall(sent)
            opened.append(connection)
        yield opened
