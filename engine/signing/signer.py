"""The table of signing kinds: for each, what it does to a request and what of that may be shown."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias
from urllib.parse import quote, unquote_plus

from engine.http.message import HttpRequest, Sign
from engine.ports import Credential, Signing, SigningKind
from engine.signing import aws4
from engine.signing.oauth1 import Keys, sign_oauth1
from engine.signing.value import fill, optional_role_value, role_value

Token: TypeAlias = Callable[[], str]
Make: TypeAlias = Callable[[Credential, Token], Sign]
Place: TypeAlias = tuple[Literal["header", "query", "nowhere"], str]


def signer(credential: Credential, token: Token) -> Sign:
    """What puts the credential on a request; `token` gives an OAuth 2.0 access token. Raises SigningError."""
    return _MAKERS[credential.signing.kind](credential, token)


def place_of(signing: Signing) -> Place:
    """Where the credential stands in a signed request, so that it can be shown as bullets."""
    if signing.kind in {"none", "certificate"}:
        return "nowhere", ""
    if signing.kind == "query":
        return "query", signing.name
    return "header", signing.name if signing.kind == "header" else "Authorization"


def with_parameter(request: HttpRequest, name: str, value: str) -> HttpRequest:
    """The request with this query parameter in place of any of its name: a redirect may echo it."""
    path, mark, query = request.url.target.partition("?")
    others = [each for each in query.split("&") if unquote_plus(each.partition("=")[0]) != name]
    target = path + mark + "&".join(others) if any(others) else path
    url = replace(request.url, target=target).with_query(f"{quote(name, safe='')}={quote(value, safe='')}")
    return replace(request, url=url)


def _none(_credential: Credential, _token: Token) -> Sign:
    return lambda request: request


def _bearer(credential: Credential, _token: Token) -> Sign:
    value = f"Bearer {role_value(credential, 'token')}"
    return lambda request: request.with_header("Authorization", value)


def _header(credential: Credential, _token: Token) -> Sign:
    name, value = credential.signing.name, fill(credential.signing.value, credential)
    return lambda request: request.with_header(name, value)


def _query(credential: Credential, _token: Token) -> Sign:
    name, value = credential.signing.name, fill(credential.signing.value, credential)
    return lambda request: with_parameter(request, name, value)


def _basic(credential: Credential, _token: Token) -> Sign:
    pair = f"{role_value(credential, 'username')}:{role_value(credential, 'password')}"
    value = "Basic " + b64encode(pair.encode()).decode()
    return lambda request: request.with_header("Authorization", value)


def _oauth1(credential: Credential, _token: Token) -> Sign:
    keys = Keys(
        role_value(credential, "consumerKey"),
        role_value(credential, "consumerSecret"),
        role_value(credential, "accessToken"),
        role_value(credential, "accessSecret"),
    )
    return lambda request: sign_oauth1(request, keys)


def _oauth2(_credential: Credential, token: Token) -> Sign:
    return lambda request: request.with_header("Authorization", f"Bearer {token()}")


def _aws4(credential: Credential, _token: Token) -> Sign:
    keys = aws4.Keys(
        role_value(credential, "accessKeyId"),
        role_value(credential, "secretAccessKey"),
        role_value(credential, "region"),
        role_value(credential, "service"),
        optional_role_value(credential, "sessionToken"),
    )
    return lambda request: aws4.sign_aws4(request, keys)


_MAKERS: Mapping[SigningKind, Make] = {
    "none": _none,
    "bearer": _bearer,
    "header": _header,
    "query": _query,
    "basic": _basic,
    "oauth1": _oauth1,
    "aws4": _aws4,
    "digest": _none,  # its keeper signs, when it knows the challenge
    "certificate": _none,  # the connection itself says who asks
    "oauth2": _oauth2,
}
