"""Which proxy a request takes: that of the settings, else the system's. Never one to reach this machine."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from engine.http.address import is_loopback
from engine.http.error import HttpError
from engine.http.url import Url, parse_url

if TYPE_CHECKING:
    import httpcore

FindProxy: TypeAlias = Callable[[Url], str | None]


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


def open_proxy(address: str) -> "httpcore.Proxy":
    """The proxy at `http://[user:password@]host[:port]`. Raises HttpError `http.invalid_proxy`."""
    import httpcore

    scheme, _, rest = address.partition("://")
    login, _, place = rest.rpartition("@")
    try:
        url = parse_url(f"{scheme}://{place}")
    except HttpError:
        raise _invalid() from None
    if url.scheme != "http":
        raise _invalid()
    user, _, password = login.partition(":")
    auth = (unquote(user).encode(), unquote(password).encode()) if login else None
    return httpcore.Proxy(httpcore.URL(scheme="http", host=url.host, port=url.port, target="/"), auth=auth)


def _invalid() -> HttpError:
    return HttpError(
        "http.invalid_proxy",
        "The proxy cannot be used: only proxies that speak http are known here.",
        hint="Under Settings, General, write it like http://proxy.example.com:3128.",
    )
