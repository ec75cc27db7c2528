"""A body written as one text: taken apart before it is filled, so that no value changes its form. Pure."""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from engine.model import Json
from engine.template.operators import is_too_deep

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_FORM_SIGNS = frozenset("&=+%;")


def structured(params: Mapping[str, Json]) -> Mapping[str, Json]:
    """Params with `body` as `{"json": …}` or `{"form": …}`, when it is a text of that `contentType`.

    A quote in a value then stays inside its JSON text, and an `&` inside its form field. A text that cannot
    be taken apart (`{"a": {{n}}}`) stays a text.
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
    try:
        value: Json = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return None if is_too_deep(value) else {"json": value}


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
