"""AWS Signature Version 4: the Authorization of a request to AWS, or to what speaks as it does.

Pure when the moment is given. Source: AWS, "Create a signed AWS API request"; S3 differs where it says so.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from posixpath import normpath
from urllib.parse import quote, unquote_to_bytes

from engine.http.body import pieces_of
from engine.http.message import HttpRequest

ALGORITHM = "AWS4-HMAC-SHA256"
_SAFE = "-_.~"


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What signs, and for which service of which region. Not for printing."""

    access_key_id: str
    secret_access_key: str
    region: str
    service: str
    session_token: str = ""


def sign_aws4(request: HttpRequest, keys: Keys, moment: datetime | None = None) -> HttpRequest:
    """The request with X-Amz-Date, Authorization and what else its service wants; a file is read for it."""
    at = f"{moment or datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    digest = _body_hash(request)
    dated = request.with_header("X-Amz-Date", at)
    if keys.service == "s3":
        dated = dated.with_header("X-Amz-Content-Sha256", digest)
    if keys.session_token:
        dated = dated.with_header("X-Amz-Security-Token", keys.session_token)
    scope = f"{at[:8]}/{keys.region}/{keys.service}/aws4_request"
    canonical, signed = canonical_request(dated, digest, is_s3=keys.service == "s3")
    signature = hmac.new(
        signing_key(keys, at[:8]), string_to_sign(canonical, at, scope).encode(), hashlib.sha256
    )
    value = (
        f"{ALGORITHM} Credential={keys.access_key_id}/{scope}, SignedHeaders={signed}, "
        f"Signature={signature.hexdigest()}"
    )
    return dated.with_header("Authorization", value)


def canonical_request(request: HttpRequest, digest: str, *, is_s3: bool) -> tuple[str, str]:
    """The one spelling of a request that both sides sign, and the names of the headers in it."""
    path, _, query = request.url.target.partition("?")
    headers = _headers(request)
    signed = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    return (
        f"{request.method}\n{_path(path, is_s3=is_s3)}\n{_query(query)}\n{lines}\n{signed}\n{digest}",
        signed,
    )


def string_to_sign(canonical: str, at: str, scope: str) -> str:
    """What the key is used on."""
    return f"{ALGORITHM}\n{at}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"


def signing_key(keys: Keys, day: str) -> bytes:
    """The key of a day, a region and a service: the secret itself signs nothing else."""
    key = b"AWS4" + keys.secret_access_key.encode()
    for part in (day, keys.region, keys.service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def _body_hash(request: HttpRequest) -> str:
    found = hashlib.sha256()
    for piece in pieces_of(request.body):
        found.update(piece)
    return found.hexdigest()


def _headers(request: HttpRequest) -> dict[str, str]:
    """Host, Content-Type and all of AWS's own, by name. What a proxy may change on the way is left out."""
    found = {"host": request.url.origin.partition("://")[2]}
    for name, value in request.headers:
        lower, text = name.lower(), " ".join(value.split())
        if lower == "content-type" or lower.startswith("x-amz-"):
            found[lower] = f"{found[lower]},{text}" if lower in found else text
    return dict(sorted(found.items()))


def _path(path: str, *, is_s3: bool) -> str:
    if is_s3:
        return quote(unquote_to_bytes(path), safe=_SAFE + "/")
    plain = "/" + normpath(path).lstrip("/")
    if path.endswith("/") and plain != "/":
        plain += "/"
    return quote(plain, safe=_SAFE + "/")


def _query(query: str) -> str:
    pairs = (each.partition("=")[::2] for each in query.split("&") if each)
    coded = sorted(
        (quote(unquote_to_bytes(name), safe=_SAFE), quote(unquote_to_bytes(value), safe=_SAFE))
        for name, value in pairs
    )
    return "&".join(f"{name}={value}" for name, value in coded)
