"""Keeps connections for the next request to the same place. Knows no HTTP; shared by the threads of a run."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from engine.http.connection import Connection
from engine.http.route import Route

KEPT_CONNECTIONS = 32
KEPT_FOR_S = 30.0


@dataclass(frozen=True, slots=True)
class _Kept:
    route: Route
    connection: Connection
    until_s: float


class Pool:
    """`take` what waits or nothing, `lend` what was opened for it, `put` either back. Safe for threads.

    A connection belongs to one request from `take` or `lend` to `put`. After `close` none is kept.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        # The one that has waited longest comes first.
        self._kept: list[_Kept] = []
        self._lent: set[Connection] = set()
        self.is_closed = False

    @property
    def kept(self) -> tuple[Connection, ...]:
        """The connections that wait."""
        return tuple(each.connection for each in self._kept)

    def take(self, route: Route) -> Connection | None:
        """The connection to this place that was used last and still stands."""
        while (connection := self._waiting(route)) is not None:
            # Nothing is due on it: what can be read is its end, or an answer that nobody asked for.
            if not connection.stream.is_readable():
                return connection
            self._drop(connection)
        return None

    def _waiting(self, route: Route) -> Connection | None:
        with self._lock:
            now_s = self._monotonic()
            while self._kept and self._kept[0].until_s <= now_s:
                self._kept.pop(0).connection.stream.close()
            for index in range(len(self._kept) - 1, -1, -1):
                if self._kept[index].route is route:
                    connection = self._kept.pop(index).connection
                    self._lent.add(connection)
                    return connection
        return None

    def _drop(self, connection: Connection) -> None:
        with self._lock:
            self._lent.discard(connection)
        connection.stream.close()

    def lend(self, connection: Connection) -> None:
        """Know a connection that was opened for a request."""
        with self._lock:
            self._lent.add(connection)

    def put(self, route: Route, connection: Connection) -> None:
        """Take a connection back; it is kept when its last exchange is complete."""
        if self.is_closed or not connection.renew():
            self._drop(connection)
            return
        with self._lock:
            self._lent.discard(connection)
            self._kept.append(_Kept(route, connection, self._monotonic() + KEPT_FOR_S))
            surplus = self._kept.pop(0) if len(self._kept) > KEPT_CONNECTIONS or self.is_closed else None
        if surplus is not None:
            surplus.connection.stream.close()

    def close(self) -> None:
        """Close what waits, and end what is under way: its own thread then closes it."""
        with self._lock:
            self.is_closed = True
            for each in self._kept:
                each.connection.stream.close()
            self._kept.clear()
            for connection in self._lent:
                connection.stream.break_off()
