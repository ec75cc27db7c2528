"""A programmable HTTP server for tests of clients: echoes, redirects, odd bodies, faults. Knows no service.

Paths without a program of their own echo the request as JSON:
`{"method", "path", "target", "query", "headers", "body"}`.
"""

import base64
import gzip
import json
import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from servers.loopback import LoopbackServer, Reply, Seen, headers_of

_MIB = 1024 * 1024


@dataclass(slots=True)
class EchoServer(LoopbackServer):
    """`server.reply("/x", Reply(…))` programs a path; several are used up one by one, the last one stays."""

    _programs: dict[str, list[Reply | Callable[[Seen], Reply]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reply(self, path: str, *replies: Reply | Callable[[Seen], Reply]) -> str:
        """Program `path`, and return its full URL."""
        self._programs[path] = list(replies)
        return self.url + path

    def seen(self, path: str) -> list[Seen]:
        """The requests that arrived for a path."""
        return [each for each in self.requests if each.path == path]

    def handle(self, seen: Seen) -> Reply:
        with self._lock:
            program = self._programs.get(seen.path)
            chosen = program.pop(0) if program and len(program) > 1 else program[0] if program else echo
        return chosen if isinstance(chosen, Reply) else chosen(seen)


def echo(seen: Seen) -> Reply:
    """The request itself, as JSON. A body that is not UTF-8 is shown as Latin-1."""
    try:
        body = seen.body.decode()
    except UnicodeDecodeError:
        body = seen.body.decode("latin-1")
    shown = {
        "method": seen.method,
        "path": seen.path,
        "target": seen.target,
        "query": seen.query,
        "headers": {name.lower(): value for name, value in seen.headers},
        "body": body,
    }
    return json_reply(shown)


def json_reply(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """`value` as JSON, or JSON text as it is (for numbers that Python would round)."""
    text = value if isinstance(value, str) else json.dumps(value)
    return Reply(status, text.encode(), (("Content-Type", "application/json"), *headers_of(headers)))


def text_reply(text: str, charset: str = "utf-8", *, is_named: bool = True, bom: bytes = b"") -> Reply:
    """Text in a charset; `is_named` says so in the header."""
    kind = f"text/plain; charset={charset}" if is_named else "text/plain"
    return Reply(200, bom + text.encode(charset), (("Content-Type", kind),))


def redirect(location: str, status: int = 302, headers: Mapping[str, str] | None = None) -> Reply:
    """A redirect to any Location, as it is given."""
    return Reply(status, b"moved", (("Location", location), *headers_of(headers)))


def gzipped(body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(200, gzip.compress(body, mtime=0), (("Content-Encoding", "gzip"), *headers_of(headers)))


def deflated(body: bytes, *, is_raw: bool = False) -> Reply:
    """`deflate` as the standard has it (zlib), or raw as some servers send it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS if is_raw else zlib.MAX_WBITS)
    return Reply(200, packer.compress(body) + packer.flush(), (("Content-Encoding", "deflate"),))


def gzip_bomb(size_mib: int = 256) -> Reply:
    """About 1 KiB on the wire for each MiB that it inflates to."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    parts = [packer.compress(bytes(_MIB)) for _ in range(size_mib)]
    parts.append(packer.flush())
    return Reply(200, b"".join(parts), (("Content-Encoding", "gzip"), ("Content-Type", "application/json")))


def chunked(*chunks: bytes | threading.Event, headers: Mapping[str, str] | None = None) -> Reply:
    """A body in chunks; an Event among them is waited for before the next one goes out: a slow body."""
    return Reply(200, headers=headers_of(headers), chunks=chunks)


def held(gate: threading.Event, body: bytes = b"late") -> Reply:
    """No byte of the answer before the gate opens."""
    return Reply(200, body, gate=gate)


def cut(body: bytes, at: int) -> Reply:
    """The connection ends after `at` bytes of a body that was announced in full."""
    return Reply(200, body, cut_at=at)


def dropped() -> Reply:
    """The connection ends without an answer."""
    return Reply(is_dropped=True)


def mislabelled(body: bytes, content_length: int) -> Reply:
    """A Content-Length that is not the body's; the connection closes after it."""
    return Reply(200, body, (("Content-Length", str(content_length)), ("Connection", "close")))


def too_busy(retry_after: str, status: int = 429) -> Reply:
    """Retry-After as seconds or as an HTTP date."""
    return json_reply({"error": "busy"}, status, {"Retry-After": retry_after})


def with_cookies(*cookies: str) -> Reply:
    """Each given value in a Set-Cookie header of its own."""
    return Reply(200, b"{}", tuple(("Set-Cookie", each) for each in cookies))


def basic_auth(username: str, password: str) -> Callable[[Seen], Reply]:
    """200 with the echo for the right user and password, else 401."""
    wanted = "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()

    def check(seen: Seen) -> Reply:
        if seen.header("Authorization") == wanted:
            return echo(seen)
        return Reply(401, b"who are you?", (("WWW-Authenticate", 'Basic realm="test"'),))

    return check
