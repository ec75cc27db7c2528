"""Opens connections to checked addresses only: what was looked up is checked, what was checked is called."""

import selectors
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import TypeAlias

from engine.http.address import is_local_name, is_off_limits, is_this_machine, off_limits
from engine.http.error import HttpError
from engine.http.stream import WatchedStream
from engine.http.watch import SLICE_S, Watch

CONNECT_LIMIT_S = 15.0

# What socket.getaddrinfo gives: family, kind, protocol, canonical name, socket address.
Found: TypeAlias = tuple[int, int, int, str, tuple[str | int | bytes, ...]]
LookUp: TypeAlias = Callable[[str, int], Sequence[Found]]


def look_up(host: str, port: int) -> Sequence[Found]:
    """Ask the system's resolver, which cannot be interrupted. Raises OSError."""
    return [
        (family, kind, protocol, name, tuple(address))
        for family, kind, protocol, name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]


class Network:
    """Resolves names, refuses what `address` refuses, connects; all of it can be interrupted."""

    def __init__(self, look_up: LookUp, *, may_reach_link_local: bool) -> None:
        self._look_up = look_up
        self._may_reach_link_local = may_reach_link_local

    def connect(self, host: str, port: int, watch: Watch) -> WatchedStream:
        """A connection to the first address of `host` that answers. Raises HttpError."""
        watch.check()
        found = self.addresses(host, port, watch)
        limit_s = CONNECT_LIMIT_S / len(found)
        last: HttpError = _refused(host, port)
        for family, _, _, _, address in found:
            try:
                connection = _connect(family, address, watch, limit_s)
            except OSError:
                continue
            if connection is not None:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return WatchedStream(connection, watch)
            last = _no_answer(host, port)
        raise last

    def addresses(self, host: str, port: int, watch: Watch) -> Sequence[Found]:
        """Where `host` may be reached. Raises HttpError `http.host_not_found`, or `policy.link_local`."""
        found = _written_out(host, port) or self._resolved(host, port, watch)
        if watch.is_sent_on:
            found = [each for each in found if not is_this_machine(str(each[4][0]))]
            if not found:
                raise _sent_here(host)
        if self._may_reach_link_local:
            return found
        allowed = [each for each in found if not is_off_limits(str(each[4][0]))]
        if not allowed:
            raise off_limits(host)
        return allowed

    def _resolved(self, host: str, port: int, watch: Watch) -> Sequence[Found]:
        """Look up in a thread of its own: the resolver may take half a minute and does not hear Stop."""
        box: list[Sequence[Found]] = []
        is_done = threading.Event()

        def resolve() -> None:
            try:
                box.append(self._look_up(host, port))
            except (OSError, UnicodeError):
                pass
            finally:
                is_done.set()

        threading.Thread(target=resolve, name="look-up", daemon=True).start()
        while not is_done.wait(SLICE_S):
            watch.check()
        if not box or not box[0]:
            raise HttpError(
                "http.host_not_found",
                f"There is no host named {host}, or this machine is offline.",
                hint="Check the address and the connection.",
                retryable=True,
            )
        return box[0]


def _written_out(host: str, port: int) -> Sequence[Found]:
    """The address of a host that needs no look-up; nothing for a name."""
    if is_local_name(host):
        return [*_written_out("127.0.0.1", port), *_written_out("::1", port)]
    try:
        version = ip_address(host).version
    except ValueError:
        return []
    if version == 4:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (host, port))]
    return [(socket.AF_INET6, socket.SOCK_STREAM, 0, "", (host, port, 0, 0))]


def _connect(
    family: int, address: tuple[str | int | bytes, ...], watch: Watch, limit_s: float
) -> socket.socket | None:
    """A connected socket, or None after `limit_s` without an answer. Raises OSError, or as the watch."""
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(0)
        is_open = connection.connect_ex(address) == 0 or _is_writable(connection, watch, limit_s)
        is_refused = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0
    except (OSError, HttpError):
        connection.close()
        raise
    if is_open and not is_refused:
        return connection
    connection.close()
    if is_refused:
        raise ConnectionRefusedError
    return None


def _is_writable(connection: socket.socket, watch: Watch, limit_s: float) -> bool:
    until_s = watch.monotonic() + limit_s
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_WRITE)
        while not selector.select(SLICE_S):
            watch.check()
            if watch.monotonic() >= until_s:
                return False
    return True


def _sent_here(host: str) -> HttpError:
    return HttpError(
        "http.redirect_refused",
        f"The redirect leads to {host}, which is this machine. That was not followed.",
        hint="Turn off “Follow redirects” to see where it leads.",
    )


def _refused(host: str, port: int) -> HttpError:
    return HttpError(
        "http.connect_failed",
        f"No connection to {host}, port {port}: it was refused, or there is no way there.",
        hint="Check the address, and whether the service is running.",
        retryable=True,
    )


def _no_answer(host: str, port: int) -> HttpError:
    return HttpError(
        "http.connect_timeout",
        f"{host}, port {port}, did not answer the attempt to connect.",
        hint="Check the address, and whether a firewall stands between.",
        retryable=True,
    )
