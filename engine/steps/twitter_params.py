"""Reads the fields of a Twitter step, templates filled in. Pure. A bad one raises `x.invalid_field`."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeAlias

from engine.errors import LoopiError
from engine.template.unsent import Unsent

Params: TypeAlias = Mapping[str, object]
_MEDIA_ID = re.compile(r"[0-9]{1,19}", re.ASCII)


def invalid(message: str, hint: str = "") -> LoopiError:
    """The error for a field. `message` names it, and what it must be."""
    return LoopiError("x.invalid_field", message, hint=hint or "Correct it in the step.")


def text(params: Params, name: str) -> str:
    """A text; empty when it is not given. Numbers and true/false are written out as in JSON."""
    value = params.get(name)
    if value is None:
        return ""
    if isinstance(value, int | float):
        return json.dumps(value)
    if not isinstance(value, str):
        raise invalid(f"{name} must be text, and it is a list or an object.", "Name one value inside it.")
    if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise invalid(f"{name} holds half a character, which cannot be sent.")
    return value


def whole_number(params: Params, name: str, allowed: range, *, default: int) -> int:
    """A whole number within `allowed`, also as text."""
    written = text(params, name).strip()
    if not written:
        return default
    number = int(written) if written.isascii() and written.isdigit() and len(written) <= 9 else None
    if number is None or number not in allowed:
        raise invalid(f"{name} must be a whole number from {allowed[0]} to {allowed[-1]}.")
    return number


def moment(params: Params, name: str) -> datetime | None:
    """A time in UTC from ISO 8601, or None when it is not given. Without a zone it is taken as UTC."""
    written = text(params, name).strip()
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise invalid(f"{name} is not a time.", "Write it like 2026-03-01T00:00:00Z.") from None


def texts(params: Params, name: str) -> list[str]:
    """A list of texts; empty when it is not given."""
    value = params.get(name)
    if value is None or value == "":
        return []
    if not isinstance(value, list | tuple):
        raise invalid(f"{name} must be a list.")
    return [text({name: each}, name) for each in value]


def media_ids(params: Params, *, most: int) -> list[str]:
    """The ids in `mediaId`, one text with commas or a list: at most `most`."""
    value = params.get("mediaId")
    if isinstance(value, Unsent):
        return [value]
    written = (
        texts(params, "mediaId") if isinstance(value, list | tuple) else text(params, "mediaId").split(",")
    )
    ids = [each.strip() for each in written if each.strip()]
    if len(ids) > most or not all(_MEDIA_ID.fullmatch(each) for each in ids):
        several = f", or up to {most} with commas" if most > 1 else ""
        raise invalid(
            f"mediaId must be the id of an uploaded picture or video{several}.",
            "An upload step stored in picture leaves it in {{picture.id}}.",
        )
    return ids
