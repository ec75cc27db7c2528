"""What a body means: JSON, text, or neither (RFC 9110 §8.3, RFC 8259). Pure."""

import json
import math
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from typing import NoReturn

from engine.http.header import Headers
from engine.model import Json

MAX_DEPTH = 100
"""JSON nested deeper stays text: brackets alone could exhaust the stack of what walks it later."""

_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:+-]+)""", re.IGNORECASE)
_TEXT_TYPE = re.compile(
    r"text/.*|application/(json|xml|javascript|x-javascript|ecmascript|x-ndjson|x-www-form-urlencoded|graphql"
    r"|yaml|x-yaml|toml|sql)|[^/]+/.*\+(json|xml|yaml)"
)
_BINARY_TYPE = re.compile(
    r"(image|audio|video|font)/.*|application/(pdf|zip|gzip|x-tar|wasm|x-7z-compressed)"
)
# In Python these are charsets; in an answer they are a way to make it work hard, or to say something else.
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "utf_7", "utf7"}
)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_BOMS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Content:
    """`data` as a variable may hold it; `note` says why it is None although there was a body."""

    data: Json
    note: str = ""


def read_content(headers: Headers, body: bytes) -> Content:
    """JSON becomes a value, other text a text, anything else None with a note. An empty body is None."""
    if not body:
        return Content(None)
    label = headers.get("content-type") or ""
    kind = label.partition(";")[0].strip().lower()
    if not _TEXT_TYPE.fullmatch(kind) and (_BINARY_TYPE.fullmatch(kind) or not _looks_like_text(body)):
        return Content(
            None, f"The answer is binary ({kind or 'no type given'}, {len(body)} bytes) and was not kept."
        )
    text = decode(body, label)
    if kind == "application/json" or kind.endswith("+json"):
        try:
            return Content(parse_json(text))
        except ValueError:
            return Content(text, "The answer says that it is JSON, but it cannot be read as such.")
    return Content(text)


def decode(body: bytes, label: str) -> str:
    """The text of a body: charset by header, by byte order mark, or UTF-8; what does not fit is U+FFFD."""
    bom = next(((mark, charset) for mark, charset in _BOMS if body.startswith(mark)), None)
    named = _CHARSET.search(label)
    if named and named[1].lower().replace("-", "_") not in _NO_CHARSETS:
        try:
            return body.decode(named[1], "replace").removeprefix("\ufeff")
        except (LookupError, ValueError):
            pass
    if bom:
        return body[len(bom[0]) :].decode(bom[1], "replace")
    return body.decode("utf-8", "replace")


def parse_json(text: str) -> Json:
    """A JSON value, whole numbers exact. Raises ValueError, also for NaN, infinity and beyond MAX_DEPTH."""
    try:
        value: Json = _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if text.count("[") + text.count("{") > MAX_DEPTH and _is_deep(value):
        raise ValueError("nested too deeply")
    if _SURROGATE.search(text) and _has_lone_surrogate(value):
        # They cannot be written as UTF-8 anywhere later on.
        return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))  # type: ignore[no-any-return]
    return value


def _looks_like_text(body: bytes) -> bool:
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return True
    if b"\0" in body[:4096]:
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_deep(value: Json) -> bool:
    level: list[Json] = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for each in level for inner in _children(each) if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _children(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _has_lone_surrogate(value: Json) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("a number too large")
    return number


_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)
