"""A body written as one text: taken apart before it is filled, so that no value changes its form. Pure."""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from engine.model import Json
from engine.template.operators import is_too_deep

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_IN_TEXT = re.compile(r"\{\{[^{}]*\}\}")
_PIECE = re.compile(rf'{_IN_TEXT.pattern}|"(?:{_IN_TEXT.pattern}|[^"\\]|\\.)*"', re.DOTALL)
_WRITES_JSON = re.compile(r"\|\s*json\s*\}\}$")
_FORM_SIGNS = frozenset("&=+%;")


def structured(params: Mapping[str, Json]) -> Mapping[str, Json]:
    """Params with `body` as `{"json": …}` or `{"form": …}`, when it is a text of that `contentType`.

    A quote in a value then stays inside its JSON text, and an `&` inside its form field. A placeholder that
    is a whole JSON value (`{"a": {{n}}}`) keeps its type. A text that cannot be taken apart stays a text.
    """
    body, kind = params.get("body"), params.get("contentType")
    if not isinstance(body, str) or "{{" not in body or not isinstance(kind, str) or kind not in _READ:
        return params
    found = _READ[kind](body)
    return params if found is None else {**params, "body": found}


def _as_json(body: str) -> Mapping[str, Json] | None:
    alone = body.strip()
    if _PLACEHOLDER.fullmatch(alone) and alone.count("{{") == 1:
        return {"json": alone}
    for written in (body, _quoted(body)):
        try:
            value: Json = json.loads(written, parse_constant=_refuse)
        except RecursionError:
            return None
        except ValueError:
            continue
        return None if is_too_deep(value) else {"json": value}
    return None


def _quoted(body: str) -> str:
    """The same JSON, each placeholder of which is inside a text: by itself it keeps its value's type."""
    return _PIECE.sub(lambda piece: _as_text(piece[0]), body)


def _as_text(piece: str) -> str:
    if piece.startswith("{{"):
        return json.dumps(_WRITES_JSON.sub("}}", piece))
    return _IN_TEXT.sub(lambda found: found[0] if "\\" in found[0] else json.dumps(found[0])[1:-1], piece)


def _refuse(constant: str) -> Json:
    raise ValueError(constant)


def _as_form(body: str) -> Mapping[str, Json] | None:
    # Up to the last end: each {{ that nothing ends would look through the rest of the text.
    placeholders = _PLACEHOLDER.findall(body, 0, body.rfind("}}") + 2)
    if any(_FORM_SIGNS & set(each) for each in placeholders):
        return None
    pairs: dict[str, list[Json]] = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        pairs.setdefault(name, []).append(value)
    if any("{{" in name for name in pairs):
        return None
    return {"form": pairs}


_READ: Mapping[str, Callable[[str], Mapping[str, Json] | None]] = {"json": _as_json, "form": _as_form}
