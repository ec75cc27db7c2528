"""The way to one place: straight, over a proxy that forwards, or through a tunnel. Opens connections."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass

import h11

from engine.http.connection import Connection
from engine.http.error import HttpError
from engine.http.network import Network
from engine.http.proxy import Proxy
from engine.http.url import Url
from engine.http.watch import Watch

Line = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Route:
    """A way, worked out once. `lines` are the headers that every request on it begins with."""

    scheme: str
    host: str
    port: int
    lines: tuple[Line, ...]
    proxy: Proxy | None = None

    @classmethod
    def to(cls, url: Url, proxy: Proxy | None) -> "Route":
        """The way to the origin of `url`."""
        lines = [(b"Host", url.origin.partition("://")[2].encode())]
        if proxy is not None and proxy.login and url.scheme == "http":
            lines.append((b"Proxy-Authorization", proxy.login))
        return cls(url.scheme, url.host, url.port, tuple(lines), proxy)

    def target(self, url: Url) -> bytes:
        """What stands in the request line: the path, or for a proxy that forwards the whole URL."""
        if self.proxy is None or self.scheme == "https":
            return url.target.encode()
        return f"http://{self._place}{url.target}".encode()

    def open(self, network: Network, tls: Callable[[], ssl.SSLContext], watch: Watch) -> Connection:
        """A new connection. Raises HttpError, also what the watch raises."""
        if self.scheme == "http":
            nearest = self.proxy or self
            return Connection(network.connect(nearest.host, nearest.port, watch))
        context = tls()
        if self.proxy is None:
            stream = network.connect(self.host, self.port, watch)
        else:
            stream = self._tunnel(network, self.proxy, watch).stream
        return Connection(stream.start_tls(context, self.host))

    @property
    def _place(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def _tunnel(self, network: Network, proxy: Proxy, watch: Watch) -> Connection:
        """A connection whose other end is the host itself (RFC 9110 §9.3.6)."""
        had_sent = watch.has_sent
        connection = Connection(network.connect(proxy.host, proxy.port, watch))
        try:
            connection.send(self._connect_request(proxy), b"")
            status = connection.receive().status_code
            # Before its handshake a server says nothing: bytes here come from somebody in between.
            if not 200 <= status < 300 or connection.has_more():
                raise _refused(self.host)
        except (OSError, h11.ProtocolError):
            connection.stream.close()
            raise _refused(self.host) from None
        except HttpError:
            connection.stream.close()
            raise
        finally:
            # What left was the request for a tunnel, not the step's.
            watch.has_sent = had_sent
        return connection

    def _connect_request(self, proxy: Proxy) -> h11.Request:
        place = self._place.encode()
        lines = [(b"Host", place), (b"Accept", b"*/*")]
        if proxy.login:
            lines.append((b"Proxy-Authorization", proxy.login))
        return h11.Request(method=b"CONNECT", target=place, headers=lines)


def _refused(host: str) -> HttpError:
    return HttpError(
        "http.proxy_refused",
        f"The proxy did not let the request to {host} through.",
        hint="Check the proxy: `proxyUrl` in settings.json, or the system's settings.",
    )
