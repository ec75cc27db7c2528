"""Sends one request of an `apiCall` and reads its answer; a call with pages does so for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from engine.effects import StepResult
from engine.events import RequestSent, ResponseReceived
from engine.http.body import Store
from engine.http.content import Content, read_content
from engine.http.message import HttpRequest, HttpResponse
from engine.model import Json
from engine.steps.action import ActionContext
from engine.steps.api_answer import Ranges, failure_of, holds
from engine.steps.api_authority import CredentialAuthority
from engine.steps.api_limits import heed, learn
from engine.steps.api_retry import RetryRules


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and what the step may leave of it: nothing in `output` needs a secret to be read."""

    response: HttpResponse
    content: Content
    output: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Exchange:
    """How the requests of one step go out. `timeout_s` bounds each of them."""

    context: ActionContext
    authority: CredentialAuthority | None
    allowed: Ranges
    rules: RetryRules
    timeout_s: float
    follows: bool

    def ask(
        self, request: HttpRequest, sent: RequestSent, *, is_brief: bool = False, store: Store | None = None
    ) -> Answer:
        """Announce, send, and read. `is_brief` announces no headers. Raises HttpError, and as `heed`.

        A body that `store` wants goes there and is not read.
        """
        context = self.context
        heed(request, context)
        context.emit(sent)
        response = self._send(request, store)
        learn(request, response, context)
        is_there = response.url is request.url
        shown_url = sent.url if is_there else context.resources.redactor.text(response.url.text)
        headers, seconds = response.headers.to_json(), round(response.elapsed_s, 6)
        shown: Mapping[str, Json] = {} if is_brief else headers
        is_stored = store is not None and store.wants(response.status)
        size_bytes = store.size_bytes if store and is_stored else len(response.body)
        context.emit(ResponseReceived(response.status, shown_url, shown, size_bytes, seconds))
        content = read_content(response.headers, response.body)
        output: dict[str, Json] = {
            "status": response.status,
            "headers": headers,
            "url": shown_url,
            "elapsedSeconds": seconds,
            "data": content.data,
        }
        if content.note:
            output["note"] = content.note
        return Answer(response, content, output)

    def result(self, answer: Answer) -> StepResult:
        """What the step leaves of an answer: a failure when its status is not among the allowed ones."""
        status = answer.response.status
        if holds(self.allowed, status):
            return StepResult("ok", answer.output)
        resources = self.context.resources
        # Before it is shortened: a secret that is cut in two would not be recognised any more.
        said = replace(answer.content, data=cast("Json", resources.redactor.value(answer.content.data)))
        failure = failure_of(
            status,
            answer.response.headers,
            said,
            has_credential=self.context.credential is not None,
            now_s=resources.clock.now(),
        )
        return StepResult("error", answer.output, self.rules.of_status(failure, status))

    def _send(self, request: HttpRequest, store: Store | None) -> HttpResponse:
        keeper = self.authority.keeper if self.authority is not None else None
        if keeper is None:
            return self._once(request, store)
        prepared = keeper.prepare(self.context.is_cancelled)
        response = self._once(request, store)
        # A 401 to the request itself says that nothing was done.
        if response.status != 401 or response.url is not request.url:
            return response
        return self._once(request, store) if keeper.renew(prepared, response) else response

    def _once(self, request: HttpRequest, store: Store | None) -> HttpResponse:
        return self.context.resources.http.send(
            request,
            timeout_s=self.timeout_s,
            is_cancelled=self.context.is_cancelled,
            follows=self.follows,
            authority=self.authority,
            store=store,
        )
