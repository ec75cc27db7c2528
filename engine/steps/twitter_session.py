"""Carries tweepy's requests over the engine's own connections. Stands where tweepy expects a Session.

So deadlines, Stop, size caps, TLS, proxies and host rules are those of every other request; no .netrc is
read, no redirect followed, nothing sent twice. What is no success raises here: tweepy's errors lose too much.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from json import loads
from types import TracebackType
from typing import Self

from requests import PreparedRequest, Request
from requests.auth import AuthBase

from engine.effects import Failure
from engine.errors import LoopiError
from engine.events import RequestSent, ResponseReceived
from engine.http.address import is_loopback
from engine.http.error import HttpError
from engine.http.message import HttpRequest, HttpResponse
from engine.http.policy import HostPolicy
from engine.http.url import Url, parse_url
from engine.model import Json
from engine.ports import Credential, Settings
from engine.secrets import BULLETS
from engine.steps.action import ActionContext
from engine.steps.twitter_errors import Refusal, failure_of

_TWEEPY_HOST = "https://api.twitter.com"
_HOME = Settings().x_base_url
_SENT_HEADERS = ("authorization", "content-type")


class XError(LoopiError):
    """X did not do what was asked, or did not say whether it did."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code, failure.message, hint=failure.hint, retryable=failure.retryable)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Answer:
    """As much of a requests.Response as tweepy looks at; every answer that gets here is a success."""

    status_code: int
    body: Mapping[str, Json]
    reason: str = ""
    headers: str = ""
    content: str = ""

    def json(self) -> Mapping[str, Json]:
        return self.body

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Session:
    """Sends for one step. `is_once`: a request without an answer leaves open whether it was carried out."""

    context: ActionContext
    credential: Credential
    is_once: bool

    def request(
        self,
        method: str,
        url: str,
        *,
        params: dict[str, str | int] | None = None,
        json: Json = None,
        headers: dict[str, str] | None = None,
        auth: AuthBase | None = None,
    ) -> Answer:
        """Sign for the host that is called, send, return an answer with data. Raises XError, HttpError."""
        base = self.context.resources.settings.x_base_url
        # Swapped before signing: a signature holds for one host.
        target = base + url.removeprefix(_TWEEPY_HOST)
        made = Request(method, target, params=params, json=json, headers=headers, auth=auth).prepare()
        response = self._send(_outgoing(made))
        return Answer(response.status, self._content(response))

    def _send(self, request: HttpRequest) -> HttpResponse:
        authority = _Authority(self.credential)
        authority.check(request.url)
        resources = self.context.resources
        self.context.emit(_sent(request))
        try:
            response = resources.http.send(
                request,
                timeout_s=resources.settings.request_timeout_s,
                is_cancelled=self.context.is_cancelled,
                follows=False,
                authority=authority,
            )
        except HttpError as error:
            if self.is_once and error.may_have_happened:
                raise XError(_unanswered(error.message, retryable=error.retryable)) from None
            raise
        self.context.emit(_received(response))
        return response

    def _content(self, response: HttpResponse) -> Mapping[str, Json]:
        """The answer's JSON object, when it is a success that says something."""
        body = _parsed(response.body)
        is_success = 200 <= response.status < 300
        if is_success and body is not None and ("data" in body or "meta" in body):
            return body
        if is_success and not (body and body.get("errors")):
            raise XError(self._unreadable())
        headers = {name: str(value) for name, value in response.headers.to_json().items()}
        # Before its words are shortened: a secret that is cut in two would not be recognised any more.
        said = self.context.resources.redactor.value(body)
        refusal = Refusal(response.status, headers, said)
        raise XError(failure_of(refusal, self.context.resources.clock.now(), is_once=self.is_once))

    def _unreadable(self) -> Failure:
        message = "X's answer is not of the form that X documents."
        if self.is_once:
            return _unanswered(message, retryable=True)
        hint = "Try again later. A proxy or a sign-in page of the network may stand in between."
        return Failure("x.unexpected_answer", message, hint, retryable=True)


@dataclass(frozen=True, slots=True)
class _Authority:
    """Lets a signed request go to the hosts of its credential; when it names none, to X.

    And to this machine, where the X address in the settings may lead: a signature gives no key away.
    """

    credential: Credential

    def check(self, url: Url) -> None:
        if not is_loopback(url.host):
            HostPolicy.of(self.credential.name, self.credential.hosts).check(url, _HOME)

    def sign(self, request: HttpRequest) -> HttpRequest:
        """As it is: tweepy has signed it."""
        return request


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _outgoing(made: PreparedRequest) -> HttpRequest:
    headers = tuple(
        (name, _text(value)) for name, value in made.headers.items() if name.lower() in _SENT_HEADERS
    )
    body = made.body.encode() if isinstance(made.body, str) else made.body
    return HttpRequest(
        made.method or "GET", parse_url(made.url or ""), headers, body if isinstance(body, bytes) else None
    )


def _sent(request: HttpRequest) -> RequestSent:
    shown = {
        name.lower(): BULLETS if name.lower() == "authorization" else value for name, value in request.headers
    }
    return RequestSent(request.method, request.url.text, shown, (request.body or b"").decode())


def _received(response: HttpResponse) -> ResponseReceived:
    shown = {name: value for name, value in response.headers.to_json().items() if name != "set-cookie"}
    return ResponseReceived(response.status, response.url.text, shown, len(response.body), response.elapsed_s)


def _parsed(body: bytes) -> Mapping[str, Json] | None:
    try:
        found = loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _unanswered(message: str, *, retryable: bool) -> Failure:
    return Failure(
        "x.no_answer",
        f"The request went to X, and whether it was carried out is not known. {message}",
        "Look at the account's timeline before you run this step again: it is not repeated by itself.",
        retryable=retryable,
        may_have_happened=True,
    )
