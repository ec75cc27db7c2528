"""Access tokens by the client credentials grant (RFC 6749 §4.4): fetched once per run, again when refused."""

import json
import re
import threading
from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote_plus

from engine.http.address import is_loopback
from engine.http.error import BlockedByPolicy, HttpError
from engine.http.message import HttpRequest, HttpResponse, Tls
from engine.http.url import Url, parse_url
from engine.ports import Credential
from engine.signing.error import SigningError, cannot_sign
from engine.signing.value import optional_role_value, role_value

if TYPE_CHECKING:
    from engine.http.client import HttpClient

TOKEN_TIMEOUT_S = 30.0
_EARLY_S = 10.0
# What a header can carry (RFC 6750 §2.1 asks for less).
_TOKEN = re.compile(r"[\x21-\x7e]+")
_REASONS = frozenset(
    {
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "invalid_scope",
        "unauthorized_client",
        "unsupported_grant_type",
    }
)


class TokenKeeper:
    """The token of one credential during one run. Threads that need it at the same time fetch it once.

    `learn` is told each token, so that it is searched for in what leaves the run.
    """

    def __init__(
        self,
        credential: Credential,
        http: "HttpClient",
        *,
        learn: Callable[[str], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._credential = credential
        self._http = http
        self._learn = learn
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._token = ""
        self._until_s = 0.0

    def token(self, is_cancelled: Callable[[], bool]) -> str:
        """A token that is valid as far as is known. Raises SigningError, or the HttpError of the fetch."""
        while not self._lock.acquire(timeout=0.1):
            if is_cancelled():
                raise HttpError("http.cancelled", "The request was stopped.")
        try:
            if not self._token or self._monotonic() >= self._until_s:
                self._fetch(is_cancelled)
            return self._token
        finally:
            self._lock.release()

    def forget(self, token: str) -> None:
        """Fetch another one next time, unless that has been done since."""
        if self._token == token:
            self._token = ""

    prepare = token

    def renew(self, prepared: str, _response: HttpResponse) -> bool:
        """Forget a token that was refused: it may have been withdrawn early."""
        self.forget(prepared)
        return True

    def _fetch(self, is_cancelled: Callable[[], bool]) -> None:
        request = token_request(self._credential)
        try:
            response = self._http.send(
                request,
                timeout_s=TOKEN_TIMEOUT_S,
                is_cancelled=is_cancelled,
                follows=False,
                authority=_TokenHost(request.url),
            )
        except HttpError as error:
            # A token may have been made; what the step asks for has not been done.
            error.may_have_happened = False
            raise
        self._token, lifetime_s = read_token(response)
        self._learn(self._token)
        self._until_s = self._monotonic() + max(lifetime_s - _EARLY_S, 0.0)


def token_request(credential: Credential) -> HttpRequest:
    """The request for a token; the client authenticates with Basic (RFC 6749 §2.3.1). Raises SigningError."""
    address = optional_role_value(credential, "tokenUrl")
    if not address:
        raise cannot_sign("it has no token URL.")
    user = quote_plus(role_value(credential, "clientId"))
    password = quote_plus(role_value(credential, "clientSecret"))
    scopes = optional_role_value(credential, "scopes")
    form = "grant_type=client_credentials" + (f"&scope={quote_plus(scopes)}" if scopes else "")
    headers = (
        ("Authorization", "Basic " + b64encode(f"{user}:{password}".encode()).decode()),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Accept", "application/json"),
    )
    return HttpRequest("POST", parse_url(address), headers, form.encode())


def read_token(response: HttpResponse) -> tuple[str, float]:
    """Token and lifetime in seconds (RFC 6749 §5.1), an hour when not said. Raises SigningError."""
    try:
        answer = json.loads(response.body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        answer = {}
    token = answer.get("access_token")
    if response.status != 200 or not isinstance(token, str) or not _TOKEN.fullmatch(token):
        _refuse(response.status, answer.get("error"))
    lifetime = answer.get("expires_in")
    if isinstance(lifetime, int | float) and not isinstance(lifetime, bool):
        return token, float(min(lifetime, 1e9))
    return token, 3600.0


def _refuse(status: int, reason: object) -> NoReturn:
    # RFC 6749 §5.2 lists the reasons; any other text is not repeated.
    is_listed = isinstance(reason, str) and reason in _REASONS
    raise SigningError(
        "credential.token_refused",
        f"The token URL gave no token: it answered {status}{f' ({reason})' if is_listed else ''}.",
        hint="Check Client ID, Client Secret, Token URL and Scopes of the credential.",
        retryable=status in {429, 500, 502, 503, 504},
    )


class _TokenHost:
    """The client's secret goes to the token URL's own origin, encrypted or on this machine, only."""

    tls: Tls | None = None

    def __init__(self, url: Url) -> None:
        self._origin = url.origin

    def check(self, url: Url) -> None:
        if url.origin != self._origin or (url.scheme != "https" and not is_loopback(url.host)):
            raise BlockedByPolicy(
                "policy.insecure_scheme",
                f"The client secret may not be sent to {url.host} without encryption. It was blocked.",
                hint="Use a token URL that begins with https.",
            )

    def sign(self, request: HttpRequest) -> HttpRequest:
        return request
