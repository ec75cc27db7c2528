"""What an edit does to one field: keep it, set it, clear it. There is no sentinel text for “unchanged”."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from backend.credentials.errors import invalid
from engine.secrets import Secret

BULLETS = frozenset("•●∙⋅·⬤")


@dataclass(frozen=True, slots=True)
class Keep:
    """Leave the field as it is."""


@dataclass(frozen=True, slots=True)
class Set:
    """Give the field a new value."""

    value: Secret


@dataclass(frozen=True, slots=True)
class Clear:
    """Remove the field's value."""


Change: TypeAlias = Keep | Set | Clear


def is_mask(value: str) -> bool:
    """Whether the text is what a form shows in place of a secret, sent back by mistake."""
    return bool(value) and BULLETS.issuperset(value.strip() or " ")


def read_changes(found: Mapping[str, object]) -> dict[str, Change]:
    """From `{field: {"op": "keep"} | {"op": "set", "value": text} | {"op": "clear"}}`.

    Raises CredentialError `credential.invalid`, which names the fields and never repeats what they held.
    """
    changes = {key: _read(value) for key, value in found.items()}
    wrong = {key: change for key, change in changes.items() if isinstance(change, str)}
    if wrong:
        raise invalid(wrong)
    return {key: change for key, change in changes.items() if not isinstance(change, str)}


def _read(found: object) -> Change | str:
    match found:
        case {"op": "keep", **rest} if not rest:
            return Keep()
        case {"op": "clear", **rest} if not rest:
            return Clear()
        case {"op": "set", "value": str(value), **rest} if not rest:
            return Set(Secret(value))
        case _:
            return 'Say {"op": "keep"}, {"op": "set", "value": "…"} or {"op": "clear"}.'


def apply(fields: Mapping[str, Secret | str], changes: Mapping[str, Change]) -> dict[str, Secret | str]:
    """The fields after the changes. A value that was set is a Secret here: who knows the type opens it."""
    result = dict(fields)
    for key, change in changes.items():
        match change:
            case Set(value):
                result[key] = value
            case Clear():
                result.pop(key, None)
            case Keep():
                pass
    return result
