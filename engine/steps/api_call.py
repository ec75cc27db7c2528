"""`apiCall`: any HTTP API. Joins the request, the credential's way of signing, the client and the answer."""

from collections.abc import Mapping
from dataclasses import replace

from engine.effects import EffectClass, StepResult
from engine.http.error import HttpError
from engine.steps.action import Action, ActionContext
from engine.steps.api_answer import ok_ranges
from engine.steps.api_authority import authority_of, signs_by_itself
from engine.steps.api_body import refuse
from engine.steps.api_exchange import Exchange
from engine.steps.api_page_loop import PageLoop
from engine.steps.api_page_plan import page_plan
from engine.steps.api_request import build_request, shown_request
from engine.steps.api_retry import retry_rules
from engine.steps.api_save import target_of
from engine.steps.api_text import structured
from engine.steps.api_upload import file_warnings, upload_of

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
    params, context = _with_key(params, context)
    upload, target = upload_of(params, context), target_of(params, context)
    request = build_request(params, upload)
    signs = signs_by_itself(params, context)
    rules = retry_rules(params, classify(params))
    authority = authority_of(context, signs=signs)
    exchange = Exchange(
        context,
        authority,
        ok_ranges(params.get("okStatuses")),
        rules,
        _timeout(params, context),
        follows=params.get("followRedirects") is not False,
    )
    if authority is not None:
        authority.check(request.url)
    signing = context.credential.signing if signs and context.credential else None
    plan = page_plan(params.get("pagination"))
    try:
        if plan is not None:
            return PageLoop(exchange, plan, params, signing, upload).run()
        sent = shown_request(context.shown, signing, upload)
        if target is not None:
            return target.fetch(exchange, request, sent)
        return exchange.result(exchange.ask(request, sent))
    except HttpError as error:
        is_unknown = rules.effect == "once" and rules.may_have_happened(error)
        return StepResult("unknown" if is_unknown else "error", {}, rules.of_error(error))


def _with_key(
    params: Mapping[str, object], context: ActionContext
) -> tuple[Mapping[str, object], ActionContext]:
    """Params and what is shown of them, with the header by which a service knows a repeat."""
    if params.get("idempotencyKey") is not True or not context.idempotency_key:
        return params, context
    header = {"Idempotency-Key": context.idempotency_key}
    shown = {**context.shown, "headers": {**_headers(context.shown), **header}}
    return {**params, "headers": {**_headers(params), **header}}, replace(context, shown=shown)


def _headers(params: Mapping[str, object]) -> Mapping[str, object]:
    given = params.get("headers") or {}
    if not isinstance(given, Mapping):
        refuse("headers", "must be names with values")
    return {name: value for name, value in given.items() if name.lower() != "idempotency-key"}


def _timeout(params: Mapping[str, object], context: ActionContext) -> float:
    seconds = params.get("timeoutSeconds")
    if seconds is None:
        return context.resources.settings.request_timeout_s
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 < seconds <= 86400:
        refuse("timeoutSeconds", "must be a number of seconds above 0 and up to a day")
    return float(seconds)


API_CALL = Action(
    type="apiCall",
    act=act,
    classify=classify,
    request_fields=("url", "query", "headers", "body"),
    url_fields=("url",),
    prepare=structured,
    literal_fields=(
        "method",
        "contentType",
        "timeoutSeconds",
        "okStatuses",
        "followRedirects",
        "pagination",
        "idempotencyKey",
        "retryStatuses",
        "retryErrors",
        "overwriteFile",
    ),
    warn=file_warnings,
)
