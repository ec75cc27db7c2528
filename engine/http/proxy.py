"""Which proxy a request takes: that of the settings, else the system's. Never one to reach this machine."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote

from engine.http.address import is_loopback
from engine.http.error import HttpError
from engine.http.url import Url, parse_url

FindProxy: TypeAlias = Callable[[Url], str | None]


@dataclass(frozen=True, slots=True, repr=False)
class Proxy:
    """Where a proxy listens. `login` is the value of Proxy-Authorization, b"" for none."""

    host: str
    port: int
    login: bytes = b""


def system_proxy(url: Url) -> str | None:
    """The proxy that the environment or the system's settings name for a URL, `no_proxy` honoured."""
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    chosen = proxies.get(url.scheme) or proxies.get("all")
    if not chosen or proxy_bypass(url.host) or proxy_bypass(f"{url.host}:{url.port}"):
        return None
    return chosen if "://" in chosen else f"http://{chosen}"


def proxy_for(url: Url, configured: str | None, find: FindProxy) -> str | None:
    """The address of the proxy for `url`, or None for the direct way."""
    if is_loopback(url.host):
        return None
    return configured or find(url)


def parse_proxy(address: str) -> Proxy:
    """The proxy at `http://[user:password@]host[:port]`. Raises HttpError `http.invalid_proxy`."""
    scheme, _, rest = address.partition("://")
    login, _, place = rest.rpartition("@")
    try:
        url = parse_url(f"{scheme}://{place}")
    except HttpError:
        raise _invalid() from None
    if url.scheme != "http":
        raise _invalid()
    user, _, password = login.partition(":")
    pair = b64encode(f"{unquote(user)}:{unquote(password)}".encode())
    return Proxy(url.host, url.port, b"Basic " + pair if login else b"")


def _invalid() -> HttpError:
    return HttpError(
        "http.invalid_proxy",
        "The proxy cannot be used: only proxies that speak http are known here.",
        hint="Write `proxyUrl` in settings.json, or the system's proxy, like http://proxy.example.com:3128.",
    )
