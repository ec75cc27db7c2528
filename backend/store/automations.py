"""The automations of this user: one JSON file each, broken ones listed with their problem."""

import datetime as dt
import os
import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.store import document as files
from backend.store.atomic import write_file
from backend.store.automation_file import file_name
from backend.store.errors import StoreError, unwritable
from backend.store.inline_secrets import extract
from engine.errors import LoopiError
from engine.model import Json
from engine.parse.problem import load_text


@dataclass(frozen=True, slots=True)
class AutomationEntry:
    """One line of the list. `steps` counts nested ones; `updated_at` is the file's time, ISO 8601 in UTC.

    `problem` says why the file cannot be used, in which case `id` and `name` may be the file's name.
    """

    id: str
    name: str
    description: str
    steps: int
    updated_at: str
    path: Path
    problem: str = ""

    def to_json(self) -> dict[str, Json]:
        """`{"id", "name", "description", "steps", "updatedAt"}`, and `"problem"` for a broken file."""
        shown: dict[str, Json] = {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "steps": self.steps,
            "updatedAt": self.updated_at,
        }
        return {**shown, "problem": self.problem} if self.problem else shown


class AutomationStore:
    """Reads and writes `<userData>/automations/`. Documents are as the files have them; the parser judges."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._saving = threading.Lock()

    def entries(self) -> list[AutomationEntry]:
        """All automations by name, broken ones included. Raises StoreError when the folder cannot be read."""
        seen: dict[str, str] = {}
        entries: list[AutomationEntry] = []
        for path in self._paths():
            entry = _entry(path, seen=seen)
            entries.append(entry)
            if not entry.problem:
                seen[entry.id] = path.name
        return sorted(entries, key=lambda entry: (entry.name.casefold(), entry.id))

    def find(self, reference: str) -> AutomationEntry:
        """The entry with this id, else with exactly this name.

        Raises StoreError `automation.missing` or `automation.ambiguous`.
        """
        entries = self.entries()
        by_id = [entry for entry in entries if entry.id == reference and not entry.problem]
        found = by_id or [entry for entry in entries if reference in {entry.name, entry.id}]
        if not found:
            raise StoreError(
                "automation.missing",
                f"There is no automation with the name or id {reference!r}.",
                hint="`loopi automations list` shows the ones there are.",
            )
        if len(found) > 1:
            raise StoreError(
                "automation.ambiguous",
                f"{len(found)} automations have the name {reference!r}.",
                hint="Use the id instead: " + ", ".join(entry.id for entry in found) + ".",
            )
        return found[0]

    def get(self, reference: str) -> dict[str, Json]:
        """The document by id or exact name. Raises as `find`; `automation.unreadable` for a broken file."""
        entry = self.find(reference)
        if entry.problem:
            raise StoreError(
                "automation.unreadable",
                f"{entry.path.name} cannot be used: {entry.problem}",
                hint=f"Correct {entry.path} in a text editor, or delete it.",
            )
        return {"id": entry.id, **read_document(entry.path)}

    def documents(self) -> list[dict[str, Json]]:
        """All documents that can be read."""
        return [{"id": each.id, **read_document(each.path)} for each in self.entries() if not each.problem]

    def save(self, document: Mapping[str, Json], *, version: str | None = None, is_new: bool = False) -> str:
        """Write the document under its id, which is returned. Raises StoreError; secrets are refused.

        `is_new`: `prepare` has just found its id free.
        `version` is what `version_of` says of the document that this one was made from: when the file has
        another one by now, `automation.changed_elsewhere` is raised. None writes over whatever is there.
        """
        _, secrets = extract(document)
        if secrets:
            raise StoreError(
                "automation.inline_secret",
                f"The step {secrets[0].step_id!r} carries its keys in plain text; files hold no secrets.",
                hint="Save the keys as a credential and name it in the step's credentialId.",
            )
        automation_id = str(document["id"])
        with self._saving:
            there = [] if is_new else self.entries()
            same = [entry.path for entry in there if entry.id == automation_id and not entry.problem]
            path = same[0] if same else self._free_path(automation_id)
            if version is not None:
                _check_version(path if same else None, automation_id, version)
            write_file(path, files.encode(document))
        return automation_id

    def prepare(self, document: Mapping[str, Json]) -> dict[str, Json]:
        """The document as an import saves it: its id, or a new one where that is taken, and a free name."""
        return self.prepare_all([document])[0]

    def prepare_all(self, documents: Sequence[Mapping[str, Json]]) -> list[dict[str, Json]]:
        """As `prepare`, for several that come together: no two of them get one id, or one name."""
        entries = self.entries()
        ids, names = {entry.id for entry in entries}, {entry.name for entry in entries}
        prepared: list[dict[str, Json]] = []
        for document in documents:
            automation_id = document.get("id")
            if not isinstance(automation_id, str) or not automation_id or automation_id in ids:
                automation_id = uuid.uuid4().hex
            name = _free_name(str(document.get("name") or "Automation"), taken=names)
            ids.add(automation_id)
            names.add(name)
            prepared.append({**document, "id": automation_id, "name": name})
        return prepared

    def export(self, reference: str) -> bytes:
        """The file's bytes for somebody else, without secrets. Raises as `get`."""
        document, _ = extract(self.get(reference))
        return files.encode(document)

    def delete(self, reference: str) -> AutomationEntry:
        """Remove the file, a broken one too. Raises as `find`."""
        entry = self.find(reference)
        try:
            entry.path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(entry.path, error) from error
        return entry

    def _free_path(self, automation_id: str) -> Path:
        """Where a new one goes. A file put there by hand may have this name, and another id inside."""
        path = self._directory / file_name(automation_id)
        return self._directory / f"~{uuid.uuid4().hex}.json" if os.path.lexists(path) else path

    def _paths(self) -> list[Path]:
        if not self._directory.is_dir():
            return []
        return sorted(path for path in self._directory.glob("*.json") if not path.name.startswith("."))


def _check_version(path: Path | None, automation_id: str, version: str) -> None:
    if path is None:
        raise StoreError(
            "automation.changed_elsewhere",
            "This automation was deleted elsewhere: nothing was saved.",
            hint="Keep yours to save it again, or leave it.",
        )
    if files.version_of({"id": automation_id, **read_document(path)}) != version:
        raise StoreError(
            "automation.changed_elsewhere",
            "This automation was changed elsewhere since it was opened: nothing was saved.",
            hint="Load theirs, or keep yours, which replaces it.",
        )


def read_document(path: Path) -> dict[str, Json]:
    """The JSON object in a file. Raises as `read_text` and `as_document`."""
    return as_document(files.read_text(path), name=path.name)


def as_document(text: str, *, name: str) -> dict[str, Json]:
    """The JSON object in a text. Raises InvalidAutomation for no JSON, StoreError `automation.unreadable`."""
    document = load_text(text)
    if not isinstance(document, dict):
        raise StoreError(
            "automation.unreadable",
            f"{name} is not an automation's file: it holds no JSON object.",
            hint="An automation starts with { and its format, loopi-automation/1.",
        )
    return document


def _entry(path: Path, *, seen: Mapping[str, str]) -> AutomationEntry:
    try:
        document = read_document(path)
    except LoopiError as error:
        return _broken(path, " ".join(error.message.split()))
    # A file that was put here by hand may do without an id; then its own name stands for it.
    automation_id, name = document.get("id", path.stem), document.get("name")
    if not isinstance(automation_id, str) or not automation_id or not isinstance(name, str):
        return _broken(path, "It has no id or no name.")
    return AutomationEntry(
        id=automation_id,
        name=name,
        description=str(document.get("description") or ""),
        steps=sum(1 for _ in files.steps_of(document)),
        updated_at=_updated_at(path),
        path=path,
        problem=f"It has the same id as {seen[automation_id]}." if automation_id in seen else "",
    )


def _broken(path: Path, problem: str) -> AutomationEntry:
    return AutomationEntry(path.stem, path.stem, "", 0, _updated_at(path), path, problem)


def _updated_at(path: Path) -> str:
    try:
        seconds = path.stat().st_mtime
    except OSError:
        return ""
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).isoformat(timespec="seconds")


def _free_name(name: str, *, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number, free = number + 1, f"{name} ({number + 1})"
    return free
