"""Header fields, in both directions (RFC 9110 §5). Pure. A message names the header, never its value."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from engine.http.error import HttpError

Pairs: TypeAlias = tuple[tuple[str, str], ...]

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
PERSONAL = frozenset(
    {"authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token"}
)
"""What stands here is a key, whether it came from a credential or was written into the step."""
# What frames a message is written from the message: a second version of it is how requests are smuggled.
FRAMING = frozenset(
    {
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


def encode_header(name: str, value: str) -> tuple[bytes, bytes]:
    """One field as bytes. Raises HttpError `http.invalid_header`."""
    if not _TOKEN.fullmatch(name):
        raise _invalid(f"{name[:40]!r} is not a header name.")
    if name.lower() in FRAMING:
        raise _invalid(f"The header {name} is written from the request itself.", "Remove it from the step.")
    if _UNWRITABLE.search(value):
        raise _invalid(f"The value of the header {name} holds a line break or another control character.")
    try:
        return name.encode("ascii"), value.strip(" \t").encode("latin-1")
    except UnicodeEncodeError:
        raise _invalid(
            f"The value of the header {name} holds characters that a header cannot carry.",
            "Use plain ASCII, or encode the value as the service asks for.",
        ) from None


def _invalid(
    message: str, hint: str = "Look at the header's name and at where its value comes from."
) -> HttpError:
    return HttpError("http.invalid_header", message, hint=hint)


def without(headers: Pairs, names: Iterable[str]) -> Pairs:
    """The headers but those of these lower-case names."""
    dropped = frozenset(names)
    return tuple((name, value) for name, value in headers if name.lower() not in dropped)


def _text(value: bytes) -> str:
    """What the bytes of a value say. Servers write UTF-8 where RFC 9110 §5.5 knows Latin-1 only."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


class Headers:
    """The fields of an answer, by lower-case name; a name may have several values. Does not change."""

    __slots__ = ("_raw", "_values")

    def __init__(self, raw: Sequence[tuple[bytes, bytes]] = ()) -> None:
        self._raw = raw
        self._values: dict[str, list[str]] = {}
        for name, value in raw:
            self._values.setdefault(name.decode("latin-1").lower(), []).append(_text(value))

    def get(self, name: str) -> str | None:
        """All values of a name, joined by `, `, or None."""
        values = self._values.get(name.lower())
        return None if values is None else ", ".join(values)

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a name, one by one."""
        return tuple(self._values.get(name.lower(), ()))

    def as_sent(self, name: str) -> tuple[str, ...]:
        """As `all`, with one character for each byte: for what has to be said back as it came."""
        wanted = name.lower().encode("latin-1")
        return tuple(value.decode("latin-1") for key, value in self._raw if key.lower() == wanted)

    def to_json(self) -> Mapping[str, str | list[str]]:
        """`{lower-case name: values joined by ", "}`; `set-cookie` is a list, for its values hold commas."""
        return {
            name: list(values)
            if name == "set-cookie"
            else values[0]
            if len(values) == 1
            else ", ".join(values)
            for name, values in self._values.items()
        }

    def __repr__(self) -> str:
        return f"Headers({', '.join(self._values)})"
