"""Who asks, in a curl command: a login or an Authorization becomes a type of credential that signs by itself.

A type signs only in a step that places no secret. Beside other secrets the header is therefore written out.
"""

import re
from base64 import b64encode
from collections.abc import Mapping

from backend.importers.curl_options import Given
from backend.importers.secret_finder import SecretFinder, basic_pair, bearer_token

_AWS = re.compile(r"[a-z0-9]+:[a-z0-9]+:([a-z0-9-]+):([a-z0-9-]+)", re.IGNORECASE)
_NO_PASSWORD = "The login was not taken: it has no password. Save a credential of the type basic."  # noqa: S105
_NO_REGION = (
    "The login was not taken: --aws-sigv4 does not say region and service. "
    "Write it as aws:amz:REGION:SERVICE, or save a credential of the type aws."
)
_TWO = "The login was not taken: beside another secret it cannot sign. Use two steps, or remove the other."


def sign(given: Given, login: str, written: str, finder: SecretFinder, *, session_token: str = "") -> str:
    """The template of Authorization, "" for none; the finder then knows the credential.

    `login` is `user:password` of the address, `written` the header of the command, `session_token` the one
    that AWS gives with temporary keys.
    """
    if token := given.last("oauth2-bearer"):
        written = f"Bearer {token}"
    pair = given.last("user") or login
    if not pair:
        return _header(written, finder) if written else ""
    user, colon, password = pair.partition(":")
    if colon and user and not (password or given.has("digest") or given.has("aws-sigv4")):
        return _written_out(pair, finder)  # `-u key:`, a key in the place of the user
    names_no_region = given.has("aws-sigv4") and not _AWS.fullmatch(given.last("aws-sigv4") or "")
    if not password or names_no_region:
        given.notes.append(_NO_REGION if password else _NO_PASSWORD)
        return ""
    kind, fields = _login(given, user, password, session_token)
    if not finder.fields:
        finder.become(kind, fields)
        return ""
    if kind == "basic":
        return _written_out(pair, finder)
    given.notes.append(_TWO)
    return ""


def _written_out(pair: str, finder: SecretFinder) -> str:
    return f"Basic {finder.put('authorization', b64encode(pair.encode()).decode())}"


def _login(given: Given, user: str, password: str, session_token: str) -> tuple[str, Mapping[str, str]]:
    if aws := _AWS.fullmatch(given.last("aws-sigv4") or ""):
        keys = {"accessKeyId": user, "secretAccessKey": password, "region": aws[1], "service": aws[2]}
        return "aws", {**keys, "sessionToken": session_token} if session_token else keys
    return "digest" if given.has("digest") else "basic", {"username": user, "password": password}


def _header(written: str, finder: SecretFinder) -> str:
    pair, token = basic_pair(written), bearer_token(written)
    if finder.fields or not (pair or token):
        return finder.header("Authorization", written)
    if pair:
        finder.become("basic", {"username": pair[0], "password": pair[1]})
    elif token:
        finder.become("apiKey", {"apiKey": token})
    return ""
