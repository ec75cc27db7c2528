"""The body of an `apiCall`: what is sent, and how the same is shown. Pure."""

import json
from collections.abc import Mapping
from typing import NoReturn
from urllib.parse import quote

from engine.http.error import HttpError
from engine.secrets import BULLETS

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
TEXT = "text/plain; charset=utf-8"

_TYPES = {"json": JSON, "form": FORM, "text": TEXT, "none": ""}
_QUOTED_BULLETS = quote(BULLETS)


def written_body(body: object, content_type: object) -> tuple[str, str] | None:
    """Text and Content-Type of a body, or None for no body.

    `body` is `{"json": …}`, `{"form": {…}}` or `{"text": …}`, or a text for which `content_type` speaks:
    `json`, `form`, `text` or `none`. Raises HttpError `http.invalid_request`.
    """
    if body is None or content_type == "none":
        return None
    if isinstance(body, Mapping):
        return _typed(body)
    if not isinstance(body, str):
        refuse("body", "must be a text, or one of json, form, text, multipart and file")
    if content_type not in {None, *_TYPES}:
        refuse("contentType", "must be json, form, text or none")
    return body, _TYPES[content_type if isinstance(content_type, str) else "text"]


def _typed(body: Mapping[str, object]) -> tuple[str, str] | None:
    if len(body) != 1:
        refuse("body", "must have exactly one of json, form, text, multipart and file")
    ((kind, value),) = body.items()
    if kind == "json":
        return _json(value), JSON
    if kind == "form":
        return encoded_pairs(value, "body.form"), FORM
    if kind != "text":
        refuse("body", "must have exactly one of json, form, text, multipart and file")
    return scalar_text(value, "body.text"), TEXT


def _json(value: object) -> str:
    text = ""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError):
        refuse("body.json", "must hold JSON only: no NaN, no infinity, not nested beyond measure")
    return text


def encoded_pairs(value: object, field: str) -> str:
    """`a=1&b=2` from names and values; a list repeats its name, null leaves it out. Bullets stay bullets."""
    if value is None:
        return ""
    if not isinstance(value, Mapping):
        refuse(field, "must be names with values")
    pairs = [f"{_quoted(name)}={_quoted(text)}" for name, text in named_texts(value, field)]
    return "&".join(pairs)


def named_texts(value: Mapping[str, object], field: str) -> list[tuple[str, str]]:
    """Each name with each of its values as text. Raises HttpError `http.invalid_request`."""
    found: list[tuple[str, str]] = []
    for name, given in value.items():
        several = given if isinstance(given, list | tuple) else (given,)
        found += [(name, scalar_text(each, f"{field}.{name}")) for each in several if each is not None]
    return found


def scalar_text(value: object, field: str) -> str:
    """A value as services read it: `true`, `12`, `1.5`, or the text itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        refuse(field, "must be a text, a number, true or false")
    return str(value)


def _quoted(text: str) -> str:
    try:
        quoted = quote(text, safe="")
    except UnicodeEncodeError:
        refuse("query", "holds a character that cannot be written")
    return quoted.replace(_QUOTED_BULLETS, BULLETS) if BULLETS in text else quoted


def refuse(field: str, what: str) -> NoReturn:
    """Raise the error for a field that cannot be used. `field` is a path, `what` never holds a value."""
    raise HttpError(
        "http.invalid_request",
        f"The step's {field} {what}.",
        hint="Look at the step, and at the variables that its placeholders name.",
    )
