"""A file that an answer goes into piece by piece: beside its place until it is whole. Knows no HTTP."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.errors import LoopiError
from engine.steps.api_file import refuse_existing
from engine.steps.api_part import Part

MAX_FILE_BYTES = 4 * 1024**3
"""A few bytes of a packed answer can stand for a full disk."""


class Download:
    """`restart`, `write`, …, `keep`; what is not kept at the end of the `with` is gone. Mode 0600.

    `wants` says of a status whether its answer is meant. Raises LoopiError `file.exists`, `file.unwritable`.
    """

    limit_bytes = MAX_FILE_BYTES

    def __init__(self, path: Path, name: str, *, may_overwrite: bool, wants: Callable[[int], bool]) -> None:
        self.wants = wants
        self.size_bytes = 0
        self._path = path
        self._name = name
        self._may_overwrite = may_overwrite
        self._part: Part | None = None

    def restart(self) -> None:
        """Begin with an empty file: what came before it was a redirect, or broke off."""
        self._drop()
        self.size_bytes = 0
        try:
            _make_folder(self._path.parent)
            self._part = Part(self._path)
        except OSError as error:
            raise self._unwritable(error) from None

    def write(self, piece: bytes) -> None:
        """Append."""
        try:
            self._opened().file.write(piece)
        except OSError as error:
            raise self._unwritable(error) from None
        self.size_bytes += len(piece)

    def keep(self) -> None:
        """Put the whole file in its place."""
        part = self._opened()
        try:
            part.take_place(may_overwrite=self._may_overwrite)
        except FileExistsError:
            refuse_existing(self._name)
        except OSError as error:
            raise self._unwritable(error) from None

    def _opened(self) -> Part:
        if self._part is None:
            self.restart()
        assert self._part is not None  # noqa: S101  # restart opens it or raises
        return self._part

    def _drop(self) -> None:
        part, self._part = self._part, None
        if part is not None:
            part.drop()

    def _unwritable(self, error: OSError) -> LoopiError:
        reason = (error.strerror or "the system refused").lower()
        after = f" after {self.size_bytes / 1024**2:.1f} MiB" if self.size_bytes else ""
        return LoopiError(
            "file.unwritable",
            f"{self._name} could not be written{after}: {reason}. Nothing of it was kept.",
            hint=f"Check the folder {self._path.parent} and the space on its disk.",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop()


def _make_folder(folder: Path) -> None:
    """With its parents, each for the user alone: `parents=True` would leave those to the umask."""
    for each in reversed([parent for parent in folder.parents if not parent.exists()]):
        each.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
