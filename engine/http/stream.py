"""A connection whose every wait can be interrupted. Knows no HTTP."""

import select
import socket
import ssl
import struct
import sys

from engine.http.error import HttpError
from engine.http.watch import SLICE_S, Watch

_TIMEVAL = struct.pack("@ll", 0, int(SLICE_S * 1_000_000))


class WatchedStream:
    """A socket whose waits are short: data that is there costs no more, waiting asks the watch.

    `watch` is that of the request under way; `has_ended`: the other side closed the connection.
    """

    def __init__(self, connection: socket.socket, watch: Watch) -> None:
        _limit_waits(connection)
        self.watch = watch
        self.has_ended = False
        self._socket = connection
        self._poll: select.poll | None = None
        if sys.platform != "win32":
            self._poll = select.poll()
            self._poll.register(connection, select.POLLIN)

    def read(self, max_bytes: int) -> bytes:
        """Return what arrived, b"" at the end of the connection. Raises OSError."""
        # Asked before each read too: a body that drips never waits for long.
        self.watch.check()
        while True:
            try:
                data = self._socket.recv(max_bytes)
            except (TimeoutError, BlockingIOError):
                self.watch.check()
            except OSError:
                self.has_ended = True
                raise
            else:
                self.has_ended = not data
                return data

    def write(self, data: bytes) -> None:
        """Send all of it. Raises OSError."""
        left = memoryview(data)
        while left:
            self.watch.check()
            try:
                left = left[self._socket.send(left) :]
                self.watch.has_sent = True
            except (TimeoutError, BlockingIOError):
                continue

    def close(self) -> None:
        self._socket.close()

    def break_off(self) -> None:
        """End the connection under the thread that uses it, which then closes it."""
        try:
            # Not the TLS socket's own shutdown: it would go on in clear.
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
        except OSError:
            return  # it has ended already

    def start_tls(self, context: ssl.SSLContext, host: str) -> "WatchedStream":
        """The same connection, encrypted. Raises HttpError `http.tls_failed`."""
        self._socket.settimeout(SLICE_S)
        try:
            secure = context.wrap_socket(self._socket, server_hostname=host, do_handshake_on_connect=False)
        except (OSError, ValueError) as error:
            self.close()
            raise _tls_failed(host, error) from None
        try:
            self._shake_hands(secure, host)
        except HttpError:
            secure.close()
            raise
        return WatchedStream(secure, self.watch)

    def _shake_hands(self, secure: ssl.SSLSocket, host: str) -> None:
        while True:
            try:
                secure.do_handshake()
            except TimeoutError:
                self.watch.check()
            except (OSError, ValueError) as error:
                raise _tls_failed(host, error) from None
            else:
                return

    def is_readable(self) -> bool:
        """Whether bytes or the end wait to be read."""
        if self._poll is not None:
            return bool(self._poll.poll(0))
        if self._socket.fileno() < 0:
            return True
        return bool(select.select([self._socket], [], [], 0)[0])


def _limit_waits(connection: socket.socket) -> None:
    """Let the system end each wait: Python's own timeouts ask it twice for each piece of data."""
    if sys.platform == "win32" or isinstance(connection, ssl.SSLSocket):
        # There a socket is not to be used after such an end; and OpenSSL would wait again by itself.
        connection.settimeout(SLICE_S)
        return
    connection.settimeout(None)
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        connection.setsockopt(socket.SOL_SOCKET, option, _TIMEVAL)


def _tls_failed(host: str, error: Exception) -> HttpError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return HttpError(
            "http.tls_failed",
            f"The certificate of {host} was not accepted: {error.verify_message.rstrip('.')}.",
            hint="Check the address. If the server is yours, add its authority to the system's certificates.",
        )
    return HttpError(
        "http.tls_failed",
        f"No encrypted connection to {host} could be made.",
        hint="Check the address, and whether the server speaks https on this port.",
    )
