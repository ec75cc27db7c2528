"""Carries tweepy's requests over the engine's own connections. Stands where tweepy expects a Session.

So deadlines, Stop, size caps, TLS, proxies and host rules are those of every other request; no .netrc is
read, no redirect followed, nothing sent twice. What is no success raises here: tweepy's errors lose too much.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from requests import Request

from engine.effects import Failure
from engine.errors import LoopiError
from engine.http.address import is_loopback
from engine.http.error import HttpError
from engine.http.message import HttpRequest, HttpResponse, Tls
from engine.http.policy import HostPolicy
from engine.http.url import Url
from engine.model import Json
from engine.ports import Credential, Settings
from engine.rate_limit import Limit, RateLimits
from engine.steps.action import ActionContext
from engine.steps.twitter_errors import Refusal, failure_of, rule_of
from engine.steps.twitter_limits import family, used_up
from engine.steps.twitter_wire import Answer, outgoing, parsed, received, sent
from engine.steps.waiting import left_s, wait_for

_TWEEPY_HOST = "https://api.twitter.com"
_HOME = Settings().x_base_url
_TOO_MANY = 429
_LOOK_FIRST = "Look at the account's timeline before you run this step again: it is not repeated by itself."
# Several runs may wait for the same moment, and not all of them fit into what X takes then.
_MOST_WAITS = 5


class XError(LoopiError):
    """X did not do what was asked, or did not say whether it did."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code, failure.message, hint=failure.hint, retryable=failure.retryable)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Session:
    """Sends for one step. `is_once`: a request without an answer leaves open whether it was carried out."""

    context: ActionContext
    credential: Credential
    is_once: bool

    def request(self, method: str, url: str, **asked: Any) -> Answer:  # noqa: ANN401 - what requests takes
        """Sign for the host that is called, send, return an answer with data.

        A limit that is used up is waited for. Raises XError, HttpError, LoopiError `limit.too_long`.
        """
        path = url.removeprefix(_TWEEPY_HOST)
        # Swapped before signing: a signature holds for one host.
        target = self.context.resources.settings.x_base_url + path
        kind = family(method, path)
        for _ in range(_MOST_WAITS):
            if limit := self._limits.find(self.credential.id, kind, self._now()):
                wait_for(limit, self.context)
            # Signed anew after a wait: a signature is good for minutes, and once.
            response = self._send(outgoing(Request(method, target, **asked).prepare()))
            limit = used_up(_headers(response), self._now(), is_refused=response.status == _TOO_MANY)
            if limit:
                self._limits.learn(self.credential.id, kind, limit)
            if not self._comes_too_early(response, limit):
                break
            if self.is_once:
                self.context.withdraw()
        # X answers a part of a file with nothing, at times.
        is_enough = "files" in asked and 200 <= response.status < 300 and not response.body
        return Answer(response.status, {} if is_enough else self._content(response))

    @property
    def _limits(self) -> RateLimits:
        """Keys that are written into a step have no id under which others could find what was learned."""
        resources = self.context.resources
        if self.credential.id:
            return resources.limits
        own = resources.sessions.setdefault(f"x-limits:{id(self.credential)}", RateLimits())
        return cast("RateLimits", own)

    def _now(self) -> float:
        return self.context.resources.clock.now()

    def _comes_too_early(self, response: HttpResponse, limit: Limit | None) -> bool:
        """Whether X did not carry it out, and will when a limit has ended that may be waited for."""
        if response.status != _TOO_MANY or limit is None:
            return False
        rule = rule_of(Refusal(response.status, {}, parsed(response.body)))
        return rule.code == "x.rate_limited" and 0 < limit.until - self._now() <= left_s(self.context)

    def _send(self, request: HttpRequest) -> HttpResponse:
        authority = _Authority(self.credential)
        authority.check(request.url)
        resources = self.context.resources
        self.context.emit(sent(request))
        if self.is_once:
            self.context.intend()
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
        self.context.emit(received(response))
        return response

    def _content(self, response: HttpResponse) -> Mapping[str, Json]:
        """The answer's JSON object, when it is a success that says something."""
        body = parsed(response.body)
        is_success = 200 <= response.status < 300
        if is_success and body is not None and ("data" in body or "meta" in body):
            return body
        if is_success and not (body and body.get("errors")):
            raise XError(self._unreadable())
        # Before its words are shortened: a secret that is cut in two would not be recognised any more.
        said = self.context.resources.redactor.value(body)
        refusal = Refusal(response.status, _headers(response), said)
        failure = failure_of(refusal, self._now(), is_once=self.is_once)
        raise XError(replace(failure, hint=_LOOK_FIRST) if failure.may_have_happened else failure)

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
    tls: Tls | None = None

    def check(self, url: Url) -> None:
        if not is_loopback(url.host):
            HostPolicy.of(self.credential.name, self.credential.hosts).check(url, _HOME)

    def sign(self, request: HttpRequest) -> HttpRequest:
        """As it is: tweepy has signed it."""
        return request


def _headers(response: HttpResponse) -> dict[str, str]:
    return {name: str(value) for name, value in response.headers.to_json().items()}


def _unanswered(message: str, *, retryable: bool) -> Failure:
    return Failure(
        "x.no_answer",
        f"The request went to X, and whether it was carried out is not known. {message}",
        _LOOK_FIRST,
        retryable=retryable,
        may_have_happened=True,
    )
