"""The HTTP server under the door: waitress, on loopback only, bounded in every direction."""

import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from functools import cached_property

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask, WSGITask

from backend.bridge import peer
from backend.bridge.answer import GUARDS, failure
from backend.bridge.door import END_STREAM, IS_FOREIGN, MAX_BODY_BYTES, Door
from backend.bridge.errors import Refusal
from backend.bridge.events import MAX_LISTENERS

ADDRESS = "127.0.0.1"
THREADS = MAX_LISTENERS + 8
MAX_CONNECTIONS = 64
# Nothing that passes through here is put into a file, however large it is.
_IN_MEMORY = 256 * 1024 * 1024
_TICK_S = 0.25
_CODES: Mapping[int, str] = {413: "bridge.too_large"}


def bind(port: int = 0) -> socket.socket:
    """A socket on loopback that nobody else can share; port 0 takes a free one. Raises OSError."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # There, SO_REUSEADDR would let another program take the port over.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((ADDRESS, port))
    except OSError:
        bound.close()
        raise
    return bound


class Server:
    """Serves one door until `stop`. `run` returns when it has stopped."""

    def __init__(self, door: Door, bound: socket.socket) -> None:
        self._map: dict[int, object] = {}
        self._stopping = threading.Event()
        self._server = create_server(
            door,
            map=self._map,
            sockets=[bound],
            threads=THREADS,
            ident=None,
            # A backstop that counts more than connections: each new one makes room for itself (_Channel).
            connection_limit=2 * MAX_CONNECTIONS,
            backlog=MAX_CONNECTIONS,
            max_request_body_size=MAX_BODY_BYTES + 1,
            max_request_header_size=32 * 1024,
            inbuf_overflow=_IN_MEMORY,
            outbuf_overflow=_IN_MEMORY,
            outbuf_high_watermark=512 * 1024,
        )
        self._server.channel_class = _Channel

    def run(self, at_end: Callable[[], object] = lambda: None) -> None:
        """Serve. An exception that is raised here, as by Ctrl-C, passes once the sockets are closed.

        `at_end` is called before its threads are waited for: it lets go of those that hold a stream open.
        """
        try:
            while not self._stopping.is_set():
                wasyncore.loop(timeout=_TICK_S, use_poll=True, map=self._map, count=1)
        finally:
            at_end()
            self._server.task_dispatcher.shutdown(timeout=2)
            wasyncore.close_all(self._map)

    def stop(self) -> None:
        """End `run` soon. For any thread."""
        self._stopping.set()
        # `run` may have ended by itself, and have closed what would wake it.
        with contextlib.suppress(OSError):
            self._server.pull_trigger()


class _Refusal(ErrorTask):  # type: ignore[misc]  # waitress ships no types
    """What is refused before the door sees it: broken HTTP, bodies that are too large."""

    def execute(self) -> None:
        refusal = Refusal(_CODES.get(self.request.error.code, "bridge.not_http"))
        answer = failure({**refusal.to_json()}, status=refusal.status)
        content = b"".join(answer.body)
        self.status = answer.status
        self.response_headers.extend([*answer.headers, *GUARDS])
        self.set_close_on_finish()
        self.content_length = len(content)
        self.write(content)


class _Task(WSGITask):  # type: ignore[misc]  # waitress ships no types
    """One request, with what the door asks of the connection."""

    def get_environment(self) -> dict[str, object]:
        environ: dict[str, object] = super().get_environment()
        environ.update({IS_FOREIGN: self.channel.is_foreign, END_STREAM: self.channel.end})
        return environ

    def finish(self) -> None:
        super().finish()
        # Nobody who was not let in gets anything but a refusal.
        self.channel.is_known = self.channel.is_known or not self.status.startswith("4")


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    """One connection. Too many push out the one that is missed least: strangers first, then the idle."""

    error_task_class = _Refusal
    task_class = _Task
    is_known = False

    def __init__(self, server: BaseWSGIServer, *given: object, **named: object) -> None:
        super().__init__(server, *given, **named)
        if len(server.active_channels) > MAX_CONNECTIONS:
            others = [each for each in server.active_channels.values() if each is not self]
            idle = [each for each in others if not each.requests and not each.will_close]
            if idle:
                min(idle, key=lambda each: (each.is_known, each.last_activity)).will_close = True

    @cached_property
    def is_foreign(self) -> bool:
        return peer.is_foreign(self.addr, self.socket.getsockname())

    def end(self) -> None:
        """Close the connection, also when nobody reads what is sent. For any thread."""
        self.will_close = True
        self.server.pull_trigger()
