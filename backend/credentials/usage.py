"""Which automations and steps refer to a credential. Pure: reads automation documents as plain JSON."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from backend.credentials.naming import clean
from engine.model import BLOCKS

Document: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Use:
    """One step that refers to the credential. `path` leads to the step: `steps[1].then[0]`."""

    automation_id: str
    automation_name: str
    step_id: str
    path: str
    step_description: str = ""


def find_uses(
    documents: Iterable[Document], credential_id: str, *, name: str | None = None
) -> tuple[Use, ...]:
    """All steps whose `credentialId` is the id, or the exact `name`, in the order of the documents."""
    wanted = {credential_id} if name is None else {credential_id, clean(name)}
    return tuple(use for document in documents for use in _uses(document, wanted))


def _uses(document: Document, wanted: set[str]) -> Iterator[Use]:
    for path, step in _steps(document):
        reference = step.get("credentialId")
        if isinstance(reference, str) and clean(reference) in wanted:
            holder = (_text(document, "id"), _text(document, "name"))
            yield Use(*holder, _text(step, "id"), path, _text(step, "description"))


def _steps(document: Document) -> Iterator[tuple[str, Document]]:
    """Every step in reading order. Not recursive: a file may nest deeper than Python's stack."""
    waiting = _nested(document, "")
    while waiting:
        path, step = waiting.pop()
        yield path, step
        waiting.extend(_nested(step, path))


def _nested(holder: Document, path: str) -> list[tuple[str, Document]]:
    """The steps directly inside, last first."""
    found: list[tuple[str, Document]] = []
    for block in BLOCKS:
        content = holder.get(block)
        place = f"{path}.{block}" if path else block
        for index, step in enumerate(content if isinstance(content, list) else []):
            if isinstance(step, dict):
                found.append((f"{place}[{index}]", step))
    return found[::-1]


def _text(found: Document, key: str) -> str:
    value = found.get(key)
    return value if isinstance(value, str) else ""
