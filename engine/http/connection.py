"""One HTTP/1.1 connection: h11 on a watched stream, one request at a time. Knows no pool, no redirect."""

from collections.abc import Callable

import h11

from engine.http.body import Body, StreamedBody
from engine.http.stream import WatchedStream

READ_BYTES = 64 * 1024
MAX_HEAD_BYTES = 100 * 1024
"""The most that is collected of a head, or of a chunk's header or trailer, before it is refused."""

_END = h11.EndOfMessage()


class Connection:
    """`send`, `receive`, `read_body`, in this order; after `renew`, again from the start.

    All raise OSError when the connection breaks, h11.RemoteProtocolError for what is no HTTP or ends too
    early, and what the stream's watch raises.
    """

    __slots__ = ("_h11", "has_answered", "has_failed", "stream")

    def __init__(self, stream: WatchedStream) -> None:
        self.stream = stream
        self.has_answered = False
        self.has_failed = False
        self._h11 = h11.Connection(h11.CLIENT, MAX_HEAD_BYTES)

    def send(self, request: h11.Request, body: Body) -> None:
        """Write a request. Raises h11.LocalProtocolError before anything is written, and as the body."""
        self.has_answered = False
        head = self._h11.send(request)
        if not isinstance(body, bytes):
            self._stream(head, body)
            return
        content = self._h11.send(h11.Data(data=body)) if body else b""
        self._h11.send(_END)
        try:
            for piece in (head + content,) if len(content) <= READ_BYTES else (head, content):
                self.stream.write(piece)
        except OSError:
            # A server may refuse a large body before it has all of it: its answer is still to be read.
            self.has_failed = True

    def _stream(self, head: bytes | None, body: StreamedBody) -> None:
        try:
            self.stream.write(head or b"")
            for piece in body.pieces():
                self.stream.write(self._h11.send(h11.Data(data=piece)) or b"")
        except OSError:
            self.has_failed = True
        else:
            self._h11.send(_END)

    def receive(self) -> h11.Response:
        """The head of the final answer; interim ones are passed over (RFC 9110 §15.2)."""
        # Nothing can be there yet: asking h11 first would only cost time.
        self._read()
        while True:
            event = self._event()
            if isinstance(event, h11.Response):
                return event

    def read_body(self, feed: Callable[[bytes], None]) -> None:
        """Hand the body to `feed`, piece by piece as it arrives."""
        while isinstance(event := self._event(), h11.Data):
            feed(bytes(event.data))

    def has_more(self) -> bool:
        """Whether bytes arrived that belong to no answer."""
        return bool(self._h11.trailing_data[0])

    def renew(self) -> bool:
        """Make ready for another request; False unless the last one is answered and nothing more came."""
        if self.has_failed or self.has_more():
            return False
        if self._h11.our_state is not h11.DONE or self._h11.their_state is not h11.DONE:
            return False
        self._h11.start_next_cycle()
        return True

    def _event(self) -> object:
        while (event := self._h11.next_event()) is h11.NEED_DATA:
            self._read()
        return event

    def _read(self) -> None:
        data = self.stream.read(READ_BYTES)
        self.has_answered = self.has_answered or bool(data)
        self._h11.receive_data(data)
