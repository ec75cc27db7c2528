"""Large results beside the journal, one file for each content. Knows no runs: the journal counts them."""

import hashlib
import json
import os
import uuid
from pathlib import Path

from backend.runs.database import unusable

_START = '{"blob": "'


class Blobs:
    """A folder of files named by the SHA-256 of what is in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, content: bytes) -> None:
        """Put the content under its name, whole or not at all. Raises LoopiError `history.unusable`."""
        path = self._path(name)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            if path.exists():
                return
            beside = self._folder / f"{uuid.uuid4().hex}.tmp"
            handle = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            beside.replace(path)
        except OSError as error:
            raise unusable(error) from None

    def read(self, name: str) -> str:
        """The content. Raises LoopiError `history.unusable` when it is gone."""
        try:
            return self._path(name).read_text("utf-8", "surrogatepass")
        except OSError as error:
            raise unusable(error) from None

    def drop(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stand_in(name: str) -> str:
    """The line that the journal keeps instead."""
    return f'{_START}{name}"}}'


def blob_in(line: str) -> str | None:
    """The name of the blob that a line stands for, or None for a line that says it itself."""
    return str(json.loads(line)["blob"]) if line.startswith(_START) else None
