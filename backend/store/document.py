"""An automation's file as bytes: read with limits, written in one order of keys."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from backend.store.errors import StoreError, unreadable
from engine.model import BLOCKS, Json

MAX_BYTES = 16 * 1024 * 1024

_AUTOMATION_ORDER = ("format", "id", "name", "description", "updatedAt", "variables")
_STEP_ORDER = (
    *("id", "type", "description", "disabled", "credentialId", "condition", "items", "itemVariable"),
    *("indexVariable", "method", "url", "query", "headers", "body", "variableName", "operation", "value"),
)
# Characters that steer a terminal or turn the direction of writing: a file that is shown with `cat` must not.
_STEERING = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ORDER_AT_END = ("storeKey", "retry", *BLOCKS)


def read_text(path: Path) -> str:
    """The file's text. Raises `store.unreadable`; `automation.unreadable` for no UTF-8 or over 16 MiB."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(content) > MAX_BYTES:
        raise _not_an_automation(path, "it is larger than 16 MiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_an_automation(path, f"byte {error.start} is not UTF-8 text") from error


def encode(document: Mapping[str, Json]) -> bytes:
    """The bytes of the file: 2 spaces, keys in the order of the format, others by alphabet.

    Raises StoreError `automation.unsavable`.
    """
    ordered = mutable(document)
    for step in steps_of(ordered):
        _put_in_order(step, first=_STEP_ORDER)
    _put_in_order(ordered, first=_AUTOMATION_ORDER)
    try:
        text = json.dumps(ordered, indent=2, ensure_ascii=False, allow_nan=False)
        return (escaped(text) + "\n").encode()
    except (RecursionError, ValueError) as error:
        raise _unsavable() from error


def escaped(json_text: str) -> str:
    """The same JSON, in which no character steers a terminal or turns the direction of writing."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json_text)


def version_of(document: Mapping[str, Json]) -> str:
    """The same for two documents that say the same, whatever wrote them."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:32]


def mutable(document: Mapping[str, Json]) -> dict[str, Json]:
    """A copy that shares nothing with the document. Raises StoreError `automation.unsavable`."""
    try:
        copied: dict[str, Json] = json.loads(json.dumps(document, allow_nan=False))
    except (RecursionError, ValueError) as error:
        raise _unsavable() from error
    return copied


def steps_of(document: Mapping[str, Json]) -> Iterator[dict[str, Json]]:
    """Every step of a document in reading order, nested ones included. What is no step is left out."""
    waiting: list[object] = [document.get("steps")]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            yield item
            waiting.extend(item.get(name) for name in reversed(BLOCKS))


def _put_in_order(fields: dict[str, Json], *, first: Sequence[str]) -> None:
    named = {*first, *_ORDER_AT_END}
    between = sorted(key for key in fields if key not in named)
    ordered = {key: fields[key] for key in (*first, *between, *_ORDER_AT_END) if key in fields}
    fields.clear()
    fields.update(ordered)


def _unsavable() -> StoreError:
    return StoreError(
        "automation.unsavable",
        "The automation cannot be written: it is nested too deeply, or has a number that JSON has not.",
        hint="Move the inner steps into an automation of their own; write very large numbers as text.",
    )


def _not_an_automation(path: Path, why: str) -> StoreError:
    return StoreError(
        "automation.unreadable",
        f"{path.name} is not an automation's file: {why}.",
        hint="An automation is a JSON file that starts with its format, loopi-automation/1.",
    )
