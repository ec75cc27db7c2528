"""`apiCall`: any HTTP API. Joins the request, the credential's way of signing, the client and the answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from engine.effects import EffectClass, Failure, StepResult
from engine.events import ResponseReceived
from engine.http.content import read_content
from engine.http.error import HttpError
from engine.http.message import HttpRequest, HttpResponse
from engine.model import Json
from engine.steps.action import Action, ActionContext
from engine.steps.api_answer import Ranges, failure_of, ok_ranges
from engine.steps.api_authority import CredentialAuthority, authority_of, signs_by_itself
from engine.steps.api_body import refuse
from engine.steps.api_request import build_request, shown_request
from engine.steps.api_text import structured

_SAFETY: Mapping[str, EffectClass] = {
    "GET": "read",
    "HEAD": "read",
    "OPTIONS": "read",
    "PUT": "idempotent",
    "DELETE": "idempotent",
}


def classify(params: Mapping[str, object]) -> EffectClass:
    """How safe a repeat is, by the method (RFC 9110 §9.2.2). What is not known is done once."""
    return _SAFETY.get(str(params.get("method") or "GET").upper(), "once")


def act(params: Mapping[str, object], context: ActionContext) -> StepResult:
    """Send, and leave `{"status", "headers", "url", "elapsedSeconds", "data"}`, and perhaps a `note`.

    Raises LoopiError for what is wrong before anything is sent.
    """
    request = build_request(params)
    allowed = ok_ranges(params.get("okStatuses"))
    timeout_s, follows = _timeout(params, context), params.get("followRedirects") is not False
    signs = signs_by_itself(params, context)
    authority = authority_of(context, signs=signs)
    if authority is not None:
        authority.check(request.url)
    sent = shown_request(context.shown, context.credential.signing if signs and context.credential else None)
    context.emit(sent)
    try:
        response = _send(request, context, authority, timeout_s=timeout_s, follows=follows)
    except HttpError as error:
        return _unanswered(error, classify(params))
    shown_url = (
        sent.url if response.url is request.url else context.resources.redactor.text(response.url.text)
    )
    return _answered(response, shown_url, allowed, context)


def _send(
    request: HttpRequest,
    context: ActionContext,
    authority: CredentialAuthority | None,
    *,
    timeout_s: float,
    follows: bool,
) -> HttpResponse:
    def send() -> HttpResponse:
        return context.resources.http.send(
            request,
            timeout_s=timeout_s,
            is_cancelled=context.is_cancelled,
            follows=follows,
            authority=authority,
        )

    keeper = authority.keeper if authority is not None else None
    if keeper is None:
        return send()
    token = keeper.token(context.is_cancelled)
    response = send()
    if response.status != 401 or response.url is not request.url:
        return response
    # The token may have been withdrawn early. A 401 to the request itself says that nothing was done.
    keeper.forget(token)
    return send()


def _timeout(params: Mapping[str, object], context: ActionContext) -> float:
    seconds = params.get("timeoutSeconds")
    if seconds is None:
        return context.resources.settings.request_timeout_s
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 < seconds <= 86400:
        refuse("timeoutSeconds", "must be a number of seconds above 0 and up to a day")
    return float(seconds)


def _answered(response: HttpResponse, shown_url: str, allowed: Ranges, context: ActionContext) -> StepResult:
    headers = response.headers.to_json()
    context.emit(
        ResponseReceived(
            response.status, shown_url, headers, len(response.body), round(response.elapsed_s, 6)
        )
    )
    content = read_content(response.headers, response.body)
    output: dict[str, Json] = {
        "status": response.status,
        "headers": headers,
        "url": shown_url,
        "elapsedSeconds": round(response.elapsed_s, 6),
        "data": content.data,
    }
    if content.note:
        output["note"] = content.note
    if any(low <= response.status <= high for low, high in allowed):
        return StepResult("ok", output)
    has_credential, now_s = context.credential is not None, context.resources.clock.now()
    # Before it is shortened: a secret that is cut in two would not be recognised any more.
    said = replace(content, data=cast("Json", context.resources.redactor.value(content.data)))
    failure = failure_of(response.status, response.headers, said, has_credential=has_credential, now_s=now_s)
    return StepResult("error", output, failure)


def _unanswered(error: HttpError, effect: EffectClass) -> StepResult:
    may_have_happened = error.may_have_happened and effect != "read"
    failure = Failure(
        error.code, error.message, error.hint, error.retryable, may_have_happened=may_have_happened
    )
    return StepResult("unknown" if may_have_happened and effect == "once" else "error", {}, failure)


API_CALL = Action(
    type="apiCall",
    act=act,
    classify=classify,
    request_fields=("url", "query", "headers", "body"),
    url_fields=("url",),
    prepare=structured,
    literal_fields=("method", "contentType", "timeoutSeconds", "okStatuses", "followRedirects"),
)
