"""JSON that somebody else's program wrote: read with limits, and without a word of it in an error. Pure."""

import json
from collections.abc import Mapping

from backend.importers.imported import ImportFailed

MAX_TEXT = 16 * 1024 * 1024


def objects(text: str, *, code: str, message: str, hint: str, needs: str) -> Mapping[str, object]:
    """The JSON object in a text, with a list under `needs`. Raises ImportFailed with `code`."""
    found = _read(text)
    if not isinstance(found, dict) or not isinstance(found.get(needs), list):
        raise ImportFailed(code, message, hint=hint)
    return found


def entries(text: str, *, code: str, message: str, hint: str) -> list[Mapping[str, object]]:
    """The objects of the JSON list in a text, or the one object. Raises ImportFailed with `code`."""
    found = _read(text)
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list):
        raise ImportFailed(code, message, hint=hint)
    return listed(found)


def listed(found: object) -> list[Mapping[str, object]]:
    """The objects of a list; all else is left out."""
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text_of(found: object) -> str:
    """A text or a number as text, anything else as nothing."""
    is_plain = isinstance(found, str | int | float) and not isinstance(found, bool)
    return str(found) if is_plain else ""


def _read(text: str) -> object:
    try:
        return json.loads(text) if len(text) <= MAX_TEXT else None
    except (ValueError, RecursionError):
        return None
