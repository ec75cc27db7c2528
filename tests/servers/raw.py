"""A server on 127.0.0.1 that writes bytes as a test gives them, well-formed or not, and counts connections.

It reads requests only as far as it must: to the empty line, and the body that Content-Length announces.
"""

import re
import socket
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TypeAlias

_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


Play: TypeAlias = Callable[[socket.socket], None]
Script: TypeAlias = Sequence[bytes | Play]


def answer(body: bytes = b"hello", *lines: bytes) -> bytes:
    """A whole answer with this body and further header lines."""
    head = [b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(body), *lines]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


class RawServer:
    """`RawServer([a, b], [c])`: the first connection gets a and b, one a request, the second one gets c.

    After its last answer a connection is closed; b"" closes it in place of an answer. A callable is called
    with the connection instead: in place of an answer, or of all that would be read and written on it.
    `heard` holds the requests, a list for each connection.
    """

    def __init__(self, *scripts: Script | Play) -> None:
        self.heard: list[list[bytes]] = []
        self._scripts = scripts
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        """`http://127.0.0.1:<port>`, without a trailing slash."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def requests(self) -> list[bytes]:
        """All requests, whatever the connection."""
        return [request for heard in self.heard for request in heard]

    def finish(self) -> None:
        """Return when every script has been played: its connection is closed then."""
        self._thread.join(30)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread.is_alive():
            # Wakes an accept that nobody will answer.
            socket.socket.shutdown(self._listener, socket.SHUT_RDWR)
        self._thread.join(30)
        self._listener.close()

    def _serve(self) -> None:
        for script in self._scripts:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return  # the test is over
            heard: list[bytes] = []
            self.heard.append(heard)
            with connection:
                if callable(script):
                    script(connection)
                else:
                    _play(script, connection, heard)


def _play(script: Script, connection: socket.socket, heard: list[bytes]) -> None:
    try:
        for part in script:
            request = _request(connection)
            if not request:
                return
            heard.append(request)
            if callable(part):
                part(connection)
            elif part:
                connection.sendall(part)
    except ConnectionError:
        return  # the client went away


def _request(connection: socket.socket) -> bytes:
    data = b""
    while not _is_whole(data):
        piece = connection.recv(65536)
        if not piece:
            return b""
        data += piece
    return data


def _is_whole(data: bytes) -> bool:
    head, end, body = data.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return bool(end) and len(body) >= (int(length[1]) if length else 0)
