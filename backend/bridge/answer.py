"""What the door answers: one envelope for methods, the same strict headers on everything."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from backend.bridge.message import encode
from backend.bridge.page import PageFile
from engine.errors import LoopiError

Header = tuple[str, str]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
GUARDS: tuple[Header, ...] = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
"""On every answer, errors too. There is no CORS header: no other page may read anything."""

_JSON: Header = ("Content-Type", "application/json")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; `body` may be a stream, which has no length."""

    status: str
    body: Iterable[bytes]
    headers: tuple[Header, ...] = field(default=())


def whole(status: str, content: bytes, *headers: Header) -> Answer:
    """An answer whose length is known."""
    return Answer(status, [content], (*headers, ("Content-Length", str(len(content)))))


def success(value: object) -> Answer:
    """`{"ok": true, "value": …}` of what is JSON already."""
    return whole("200 OK", encode({"ok": True, "value": value}), _JSON)


def failure(error: dict[str, object], *, status: str = "200 OK") -> Answer:
    """`{"ok": false, "error": {"code", "message", "hint", …}}`.

    What a method refuses is no fault of HTTP's: browsers would write a red line for each.
    """
    return whole(status, encode({"ok": False, "error": error}), _JSON)


def internal() -> Answer:
    """What is said when the program is at fault; the log knows more."""
    error = LoopiError(
        "internal",
        "Something went wrong inside Loopi.",
        hint="Try again. The log file has the details, without secrets. Please report it.",
    )
    return failure({**error.to_json()}, status="500 Internal Server Error")


def file(found: PageFile, *, may_pack: bool) -> Answer:
    """A file of the page, through gzip where the browser takes it."""
    headers: tuple[Header, ...] = (("Content-Type", found.content_type), ("Vary", "Accept-Encoding"))
    packed = found.packed if may_pack else None
    if packed is None:
        return whole("200 OK", found.content, *headers)
    return whole("200 OK", packed, *headers, ("Content-Encoding", "gzip"))


def let_in(cookie: str) -> Answer:
    """To the page, without the link in its address."""
    return whole("303 See Other", b"", ("Location", "/"), ("Set-Cookie", cookie))


def stream(messages: Iterable[bytes]) -> Answer:
    """Server-Sent Events."""
    return Answer("200 OK", messages, (("Content-Type", "text/event-stream"),))
