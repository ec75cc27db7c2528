"""A connection whose every wait can be interrupted. A network stream for httpcore; knows no HTTP."""

import select
import socket
import ssl
import sys

import httpcore

from engine.http.error import HttpError
from engine.http.watch import SLICE_S, Watched


class WatchedStream(httpcore.NetworkStream):
    """A socket with a short timeout of its own: data that is there costs no more, waiting asks the watch."""

    def __init__(self, connection: socket.socket, watched: Watched) -> None:
        connection.settimeout(SLICE_S)
        self._socket = connection
        self._watched = watched
        self._poll: select.poll | None = None
        if sys.platform != "win32":
            self._poll = select.poll()
            self._poll.register(connection, select.POLLIN)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the watch has it
        """Return what arrived, b"" at the end of the connection."""
        watch = self._watched.watch
        # Asked before each read too: a body that drips never waits for long.
        watch.check()
        while True:
            try:
                data = self._socket.recv(max_bytes)
            except TimeoutError:
                watch.check()
            except OSError:
                watch.has_ended = True
                raise httpcore.ReadError from None
            else:
                watch.has_ended = not data
                return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - as above
        if not buffer:
            return
        watch = self._watched.watch
        left = memoryview(buffer)
        while left:
            watch.check()
            try:
                left = left[self._socket.send(left) :]
                watch.has_sent = True
            except TimeoutError:
                continue
            except OSError:
                # httpcore then reads: a server may refuse a large body before it has all of it.
                raise httpcore.WriteError from None

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - as above
    ) -> "WatchedStream":
        """The same connection, encrypted. Raises HttpError `http.tls_failed`."""
        host = server_hostname or ""
        try:
            secure = ssl_context.wrap_socket(
                self._socket, server_hostname=host, do_handshake_on_connect=False
            )
        except (OSError, ValueError) as error:
            self.close()
            raise _tls_failed(host, error) from None
        try:
            self._shake_hands(secure, host)
        except HttpError:
            secure.close()
            raise
        return WatchedStream(secure, self._watched)

    def _shake_hands(self, secure: ssl.SSLSocket, host: str) -> None:
        secure.settimeout(SLICE_S)
        while True:
            try:
                secure.do_handshake()
            except TimeoutError:
                self._watched.watch.check()
            except (OSError, ValueError) as error:
                raise _tls_failed(host, error) from None
            else:
                return

    def get_extra_info(self, info: str) -> object:
        """`is_readable` of an idle connection says that the server closed it: nothing else is due then."""
        if info == "is_readable":
            return self._is_readable()
        if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket):
            return self._socket
        return None

    def _is_readable(self) -> bool:
        if self._poll is not None:
            return bool(self._poll.poll(0))
        if self._socket.fileno() < 0:
            return True
        return bool(select.select([self._socket], [], [], 0)[0])


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
