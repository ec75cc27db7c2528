"""Who may come in: a link that works once, then a cookie; for what changes things, a token too."""

import hmac
import secrets
import threading
from collections.abc import Mapping

from backend.bridge.errors import Refusal

TOKEN_HEADER = "X-Loopi"  # noqa: S105  # a header's name
_OWN_SITES = ("same-origin", "none")


class Gate:
    """The keys of one door, made when it opens and kept in memory only."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.origin = f"http://{self.host}"
        # Browsers keep one jar for all ports of a host: the name keeps two programs apart.
        self._cookie_name = f"loopi-{port}"
        self._cookie = secrets.token_urlsafe(32)
        self.token = secrets.token_urlsafe(32)
        self._link: str | None = None
        self._lock = threading.Lock()

    def new_link(self) -> str:
        """A link that lets one browser in, once. The one before is dead."""
        with self._lock:
            self._link = secrets.token_urlsafe(32)
            return f"{self.origin}/?link={self._link}"

    def check_host(self, host: str) -> None:
        """Raises `bridge.wrong_host`: a page elsewhere may have pointed its own name at this machine."""
        if host != self.host:
            raise Refusal("bridge.wrong_host")

    def use_link(self, given: str) -> str:
        """The cookie for the browser that brings the link. Raises `bridge.link_used`."""
        with self._lock:
            link, is_right = self._link, _is_same(self._link or "", given)
            if link is None or not is_right:
                raise Refusal("bridge.link_used")
            self._link = None
        return f"{self._cookie_name}={self._cookie}; HttpOnly; SameSite=Strict; Path=/"

    def has_cookie(self, header: str) -> bool:
        """Whether the Cookie header holds this door's cookie.

        Another server on this machine, on whatever port, can set one of the same name for a path: the browser
        then sends both, and that must lock nobody out.
        """
        pairs = [pair.strip().partition("=") for pair in header.split(";")]
        return any(_is_same(self._cookie, value) for name, _, value in pairs if name == self._cookie_name)

    def check_site(self, headers: Mapping[str, str]) -> None:
        """Raises `bridge.foreign_origin` when the browser says that another page asks."""
        if headers.get("HTTP_SEC_FETCH_SITE", "none") not in _OWN_SITES:
            raise Refusal("bridge.foreign_origin")

    def check_post(self, headers: Mapping[str, str]) -> None:
        """Raises `bridge.foreign_origin`, `bridge.no_token`, `bridge.wrong_content`."""
        if headers.get("HTTP_ORIGIN") != self.origin:
            raise Refusal("bridge.foreign_origin")
        if not _is_same(self.token, headers.get("HTTP_X_LOOPI", "")):
            raise Refusal("bridge.no_token")
        kind, _, parameters = headers.get("CONTENT_TYPE", "").lower().partition(";")
        if kind.strip() != "application/json" or parameters.strip() not in ("", "charset=utf-8"):
            raise Refusal("bridge.wrong_content")


def _is_same(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape"))
