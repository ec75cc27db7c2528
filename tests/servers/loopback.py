"""A threaded HTTP/1.1 server on 127.0.0.1 for tests. Knows no service: it reads and replies."""

import socket
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from types import TracebackType
from typing import Self, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

GATE_LIMIT_S = 30.0
Headers: TypeAlias = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived: `target` stood in the request line, `path` is its decoded path."""

    method: str
    target: str
    headers: Headers
    body: bytes

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        """The query, decoded; of a repeated name the last value."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever the case of its name."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server writes back, in one write unless `chunks` is given.

    Content-Length is set from `body` unless `headers` names it or Transfer-Encoding. `gate` holds the answer
    back until it is set. `is_dropped` closes the connection instead of answering; `cut_at` closes it after so
    many body bytes. `chunks` are sent one by one after the headers; an Event among them is waited for.
    """

    status: int = 200
    body: bytes = b""
    headers: Headers = ()
    gate: threading.Event | None = None
    is_dropped: bool = False
    cut_at: int | None = None
    chunks: Iterable[bytes | threading.Event] | None = None


def headers_of(mapping: Mapping[str, str] | None) -> Headers:
    """A mapping of headers as the pairs that a Reply holds."""
    return tuple((mapping or {}).items())


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, owner: "LoopbackServer") -> None:
        self.owner = owner
        self.open: set[socket.socket] = set()
        self.changed = threading.Condition()
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own asks the resolver for the machine's name, which may take seconds.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], address: object) -> None:
        if isinstance(request, socket.socket):
            self.open.add(request)
        super().process_request(request, address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        if isinstance(request, socket.socket):
            with self.changed:
                self.open.discard(request)
                self.changed.notify_all()
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error; anything else fails the test when the server stops."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            self.owner.crashes.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def answer(self) -> None:
        owner = self.server.owner
        seen = Seen(self.command, self.path, tuple(self.headers.items()), self._read_body())
        owner.requests.append(seen)
        reply = owner.handle(seen)
        if reply.gate is not None:
            reply.gate.wait(GATE_LIMIT_S)
        if reply.is_dropped:
            self.close_connection = True
            return
        self._write(reply)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = answer  # noqa: N815 - the base class finds them by these names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name the base class gave it
        """Tests read `requests`, not a log."""

    def _read_body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return body

    def _write(self, reply: Reply) -> None:
        has_body = self.command != "HEAD" and reply.status not in {204, 304}
        if reply.chunks is not None:
            self.wfile.write(self._head(reply, [("Transfer-Encoding", "chunked")]))
            self._write_chunks(reply.chunks)
            return
        body = reply.body if has_body else b""
        head = self._head(reply, [("Content-Length", str(len(reply.body)))])
        self.wfile.write(head + body[: reply.cut_at])
        if reply.cut_at is not None:
            self.close_connection = True

    def _head(self, reply: Reply, framing: Headers) -> bytes:
        named = {name.lower() for name, _ in reply.headers}
        is_framed = bool(named & {"content-length", "transfer-encoding"})
        reason = self.responses[reply.status][0] if reply.status in self.responses else "Odd"
        lines = [f"HTTP/1.1 {reply.status} {reason}"]
        lines += [f"{name}: {value}" for name, value in (*reply.headers, *(() if is_framed else framing))]
        if ("connection", "close") in {(name.lower(), value.lower()) for name, value in reply.headers}:
            self.close_connection = True
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def _write_chunks(self, chunks: Iterable[bytes | threading.Event]) -> None:
        for chunk in chunks:
            if isinstance(chunk, threading.Event):
                chunk.wait(GATE_LIMIT_S)
            else:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        self.wfile.write(b"0\r\n\r\n")


@dataclass(slots=True)
class LoopbackServer:
    """A running server: `with LoopbackServer(answer) as server: … server.url`.

    `requests` is what it saw, in order. A test that ends while a handler crashed fails with that crash.
    """

    answer: Callable[[Seen], Reply] | None = None
    requests: list[Seen] = field(default_factory=list)
    crashes: list[BaseException] = field(default_factory=list)
    _gates: list[threading.Event] = field(default_factory=list)
    _listener: _Listener | None = None
    _thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """`http://127.0.0.1:<port>`, without a trailing slash."""
        assert self._listener is not None, "the server is not started"
        return f"http://127.0.0.1:{self._listener.server_port}"

    def handle(self, seen: Seen) -> Reply:
        """The reply to one request; called in the connection's own thread."""
        assert self.answer is not None, "give an answer, or a subclass with its own handle"
        return self.answer(seen)

    def gate(self) -> threading.Event:
        """An event to hold answers back with; it opens by itself when the server stops."""
        gate = threading.Event()
        self._gates.append(gate)
        return gate

    def settle(self) -> None:
        """Return when every request of clients that are gone was carried out."""
        assert self._listener is not None, "the server is not started"
        # Connections are accepted in their order: when this one has been, none from before it waits.
        with socket.create_connection(("127.0.0.1", self._listener.server_port)) as last:
            last.sendall(b"GET / HTTP/1.0\r\n\r\n")
            while last.recv(4096):
                pass
        listener = self._listener
        with listener.changed:
            is_idle = listener.changed.wait_for(lambda: not listener.open, GATE_LIMIT_S)
        assert is_idle, "a client is still connected"

    def start(self) -> Self:
        self._listener = _Listener(self)
        # serve_forever looks for shutdown() only every poll_interval seconds.
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening, open every gate, and end the connections that clients kept alive."""
        if self._listener is None or self._thread is None:
            return
        self._listener.shutdown()
        self._thread.join()
        for gate in self._gates:
            gate.set()
        for connection in tuple(self._listener.open):
            _end(connection)
        self._listener.server_close()
        self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if self.crashes and error is None:
            raise self.crashes[0]


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # its client had closed it
