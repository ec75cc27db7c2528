"""OAuth 1.0a signatures (RFC 5849), HMAC-SHA1. Pure when nonce and timestamp are given."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from engine.http.message import HttpRequest
from engine.signing.error import SigningError

if TYPE_CHECKING:
    from oauthlib.common import _HTTPMethod as HTTPMethod

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The four values of a user's authorisation. Not for printing."""

    consumer_key: str
    consumer_secret: str
    token: str
    token_secret: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When a signature is made: a Unix time in whole seconds, and a text that is used once."""

    timestamp: str
    nonce: str


def sign_oauth1(request: HttpRequest, keys: Keys, moment: Moment | None = None) -> HttpRequest:
    """The request with its Authorization header; of bodies only a form is covered (RFC 5849 §3.4.1.3).

    Raises SigningError when query or form hold what cannot be signed.
    """
    import logging

    from oauthlib.oauth1 import Client

    # At DEBUG it prints keys and signatures.
    logging.getLogger("oauthlib").setLevel(logging.WARNING)
    client = Client(
        keys.consumer_key,
        client_secret=keys.consumer_secret,
        resource_owner_key=keys.token,
        resource_owner_secret=keys.token_secret,
        timestamp=moment.timestamp if moment else None,
        nonce=moment.nonce if moment else None,
    )
    form = _form(request)
    try:
        _, headers, _ = client.sign(
            request.url.text,
            http_method=cast("HTTPMethod", request.method),
            body=form,
            headers={"Content-Type": _FORM} if form is not None else {},
        )
    except ValueError:
        raise SigningError(
            "credential.cannot_sign",
            "The request cannot be signed: its query or form holds characters that are not encoded.",
            hint="Use the fields query and form of the step, which encode what they are given.",
        ) from None
    return request.with_header("Authorization", str(headers["Authorization"]))


def _form(request: HttpRequest) -> str | None:
    kind = (request.header("Content-Type") or "").partition(";")[0].strip().lower()
    if kind != _FORM or not isinstance(request.body, bytes) or request.method == "GET":
        return None
    return request.body.decode("utf-8", "replace")
