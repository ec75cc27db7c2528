"""The next request after a redirect, or a refusal (RFC 9110 §15.4). Pure: who follows, counts the hops."""

from dataclasses import replace
from urllib.parse import urljoin

from engine.http.address import is_loopback
from engine.http.error import BlockedByPolicy, HttpError
from engine.http.header import PERSONAL, without
from engine.http.message import HttpRequest
from engine.http.url import Url, parse_url

REDIRECTS = frozenset({301, 302, 303, 307, 308})

_CONTENT = ("content-encoding", "content-language", "content-location", "content-type")


def next_request(request: HttpRequest, status: int, location: str, *, has_credential: bool) -> HttpRequest:
    """The request that follows `request` to `location`, unsigned.

    Without a credential the step's own keys and cookies do not go to another origin; with one, the
    credential's policy has the say about the host. Raises HttpError `http.redirect_refused`, or
    BlockedByPolicy for a step down to plain http.
    """
    url = _target(request.url, location)
    if has_credential and request.url.scheme == "https" and url.scheme == "http":
        raise BlockedByPolicy(
            "policy.insecure_scheme",
            f"{request.url.host} redirects to plain http. With a credential, that was not followed.",
            hint="Call the https address that the service's documents give.",
        )
    headers = request.headers
    if not has_credential and url.origin != request.url.origin:
        headers = without(headers, PERSONAL)
    if turns_into_get(request.method, status):
        return replace(request, method="GET", url=url, headers=without(headers, _CONTENT), body=None)
    return replace(request, url=url, headers=headers)


def turns_into_get(method: str, status: int) -> bool:
    """Whether the next request is a GET although this one was not: then this one has been carried out."""
    return (status == 303 and method not in {"GET", "HEAD"}) or (status in {301, 302} and method == "POST")


def _target(base: Url, location: str) -> Url:
    try:
        url = parse_url(urljoin(base.text, location))
    except (HttpError, ValueError):
        raise HttpError(
            "http.redirect_refused",
            f"{base.host} redirects to an address that cannot be called by http or https.",
            hint="Turn off “Follow redirects” to see where it leads.",
        ) from None
    if is_loopback(url.host) and not is_loopback(base.host):
        raise HttpError(
            "http.redirect_refused",
            f"{base.host} redirects to this machine ({url.host}). That was not followed.",
            hint="Turn off “Follow redirects” to see where it leads.",
        )
    return url
