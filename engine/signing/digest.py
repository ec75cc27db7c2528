"""HTTP Digest authentication (RFC 7616): answers to a server's challenge. Pure."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from engine.http.body import pieces_of
from engine.http.header import Headers
from engine.http.message import HttpRequest

Hash: TypeAlias = Callable[[bytes], str]


def _md5(data: bytes) -> str:
    # RFC 7616 knows it for old servers; one that offers SHA-256 as well is answered by that.
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# Strongest first.
_HASHES: Mapping[str, Hash] = {"SHA-256": _sha256, "SHA-256-SESS": _sha256, "MD5": _md5, "MD5-SESS": _md5}
_ORDER = tuple(_HASHES)
# Each character is looked at once: what a server makes up must not keep the program busy.
_PIECE = re.compile(r'([A-Za-z0-9_*-]++)(?:\s*+=\s*+(?:"((?:[^"\\]|\\.)*+)"|([^\s",]++)))?+')
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a server asks for. `qop` is `auth`, `auth-int`, or "" as servers before 1999 have it.

    The server's own words have a character for each byte (Latin-1): they are said back as they came.
    """

    realm: str
    nonce: str
    algorithm: str = "MD5"
    qop: str = "auth"
    opaque: str | None = None
    is_named: bool = True


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """Who answers. The user's name goes to the server, the password never does. Not for printing."""

    username: str
    password: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What an answer is made unlike any other by: the uses of the nonce, and a text of our own."""

    count: int
    cnonce: str


def challenge_in(headers: Headers) -> Challenge | None:
    """The strongest challenge that can be answered, of those in WWW-Authenticate; None for none."""
    found = [_challenge(each) for value in headers.as_sent("www-authenticate") for each in _digests(value)]
    known = [each for each in found if each is not None]
    return min(known, key=lambda each: _ORDER.index(each.algorithm.upper()), default=None)


def answer(challenge: Challenge, login: Login, request: HttpRequest, turn: Turn) -> str:
    """The value of Authorization for a request."""
    hashed = _HASHES[challenge.algorithm.upper()]
    count, uri = f"{turn.count:08x}", request.url.target
    realm, nonce = (text.encode("latin-1") for text in (challenge.realm, challenge.nonce))
    secret = hashed(b":".join([login.username.encode(), realm, login.password.encode()]))
    if challenge.algorithm.upper().endswith("-SESS"):
        secret = hashed(b":".join([secret.encode(), nonce, turn.cnonce.encode()]))
    asked = f"{request.method}:{uri}"
    if challenge.qop == "auth-int":
        asked += ":" + hashed(b"".join(pieces_of(request.body)))
    middle = f":{count}:{turn.cnonce}:{challenge.qop}" if challenge.qop else ""
    response = hashed(b":".join([secret.encode(), nonce + middle.encode(), hashed(asked.encode()).encode()]))
    parts = [
        _user(login.username),
        f'realm="{_escaped(challenge.realm)}"',
        f'nonce="{_escaped(challenge.nonce)}"',
    ]
    parts += [f'uri="{uri}"', f'response="{response}"']
    if challenge.is_named:
        parts.append(f"algorithm={challenge.algorithm}")
    if challenge.opaque is not None:
        parts.append(f'opaque="{_escaped(challenge.opaque)}"')
    if challenge.qop:
        parts += [f"qop={challenge.qop}", f"nc={count}", f'cnonce="{turn.cnonce}"']
    return "Digest " + ", ".join(parts)


def _digests(value: str) -> list[dict[str, str]]:
    """The parameters of each Digest challenge; a header may hold several, and other schemes between."""
    found: list[dict[str, str]] = []
    is_digest = False
    for piece in _PIECE.finditer(value):
        name, quoted, bare = piece.groups()
        if quoted is None and bare is None:
            is_digest = name.lower() == "digest"
            if is_digest:
                found.append({})
        elif is_digest:
            found[-1].setdefault(name.lower(), bare or _ESCAPED.sub(r"\1", quoted))
    return found


def _challenge(given: Mapping[str, str]) -> Challenge | None:
    algorithm = given.get("algorithm", "MD5")
    if algorithm.upper() not in _HASHES or "nonce" not in given or "realm" not in given:
        return None
    offered = [each.strip().lower() for each in given.get("qop", "").split(",") if each.strip()]
    if offered and not {"auth", "auth-int"} & set(offered):
        return None
    qop = "" if not offered else "auth" if "auth" in offered else "auth-int"
    return Challenge(
        given["realm"],
        given["nonce"],
        algorithm,
        qop,
        given.get("opaque"),
        is_named="algorithm" in given,
    )


def _user(name: str) -> str:
    if name.isascii():
        return f'username="{_escaped(name)}"'
    return f"username*=UTF-8''{quote(name, safe='')}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
