"""From the fields of an `apiCall` to the request that is sent, and to the same as it may be shown. Pure."""

import re
from collections.abc import Mapping

from engine.events import RequestSent
from engine.http.body import Body
from engine.http.header import PERSONAL, Pairs
from engine.http.message import HttpRequest
from engine.http.url import append_query, parse_url
from engine.model import Json
from engine.ports import Signing
from engine.secrets import BULLETS
from engine.signing.signer import place_of
from engine.steps.api_body import encoded_pairs, named_texts, refuse, written_body
from engine.steps.api_upload import Upload

MAX_SHOWN = 20_000
"""Characters of a body that an event shows."""

_METHOD = re.compile(r"[A-Z]{1,20}")


def method_of(params: Mapping[str, object]) -> str:
    """The method in upper case; GET when none is given. Raises HttpError `http.invalid_request`."""
    method = params.get("method") or "GET"
    if not isinstance(method, str) or not _METHOD.fullmatch(method.upper()) or method.upper() == "CONNECT":
        refuse("method", "must be GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS")
    return method.upper()


def build_request(params: Mapping[str, object], upload: Upload | None = None) -> HttpRequest:
    """The unsigned request. Raises HttpError `http.invalid_request`, `http.invalid_url`, and as `upload`."""
    headers, given = _headers(params), params.get("body")
    body: tuple[Body | str, str] | None
    if upload is not None and isinstance(given, Mapping):
        body = upload.written(given)
    else:
        body = written_body(given, params.get("contentType"))
    if body is not None:
        headers = _with_content_type(headers, body[1])
    content = None if body is None else _bytes(body[0]) if isinstance(body[0], str) else body[0]
    return HttpRequest(method_of(params), parse_url(address_of(params)), headers, content)


def shown_request(
    shown: Mapping[str, object], signing: Signing | None, upload: Upload | None = None
) -> RequestSent:
    """The event for a request with these fields, secrets as bullets; `signing` when the type signs."""
    url, headers = address_of(shown), _headers(shown)
    given = shown.get("body")
    if upload is not None and isinstance(given, Mapping):
        body: tuple[str, str] | None = upload.shown(given)
    else:
        body = written_body(given, shown.get("contentType"))
    if body is not None:
        headers = _with_content_type(headers, body[1])
    kind, name = place_of(signing) if signing is not None else ("nowhere", "")
    if kind == "header":
        headers = (*headers, (name, BULLETS))
    if kind == "query":
        url = append_query(url, f"{name}={BULLETS}")
    headers = tuple((name, BULLETS if name.lower() in PERSONAL else value) for name, value in headers)
    return RequestSent(method_of(shown), url, _by_name(headers), (body[0] if body else "")[:MAX_SHOWN])


def _by_name(headers: Pairs) -> Mapping[str, Json]:
    joined: dict[str, Json] = {}
    for name, value in headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def address_of(params: Mapping[str, object]) -> str:
    """The URL of the step with its query. Raises HttpError `http.invalid_request`."""
    url = params.get("url")
    if not isinstance(url, str) or not url.strip():
        refuse("url", "must not be empty")
    query = params.get("query")
    return append_query(url.strip(), encoded_pairs(query, "query")) if query else url


def _headers(params: Mapping[str, object]) -> Pairs:
    given = params.get("headers")
    if not given:
        return ()
    if not isinstance(given, Mapping):
        refuse("headers", "must be names with values")
    return tuple(named_texts(given, "headers"))


def _with_content_type(headers: Pairs, content_type: str) -> Pairs:
    is_named = any(name.lower() == "content-type" for name, _ in headers)
    return headers if is_named or not content_type else (*headers, ("Content-Type", content_type))


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        refuse("body", "holds a character that cannot be written as UTF-8")
