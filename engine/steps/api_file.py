"""The files that an `apiCall` may send and write: all in one folder, by plain names. Follows no link.

An automation may come from a stranger. So it reaches no file outside the folder, whatever its steps or the
answers that fill them say.
"""

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from engine.errors import LoopiError
from engine.ports import Settings

READ_BYTES = 64 * 1024
MAX_DEPTH = 10

# What one of the systems cannot write, or reads as something else than a name.
_NAME = re.compile(r"[^\x00-\x1f\x7f/\\:*?\"<>|{}]{1,200}")
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\..*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file that is to be sent, as it was when the step looked at it."""

    name: str
    path: Path
    size_bytes: int

    def pieces(self) -> Iterator[bytes]:
        """Its bytes. Raises LoopiError `file.changed` when it is not what it was, `file.unreadable`."""
        left = self.size_bytes
        with _opened(self.path, self.name) as handle:
            while left and (piece := os.read(handle, min(READ_BYTES, left))):
                left -= len(piece)
                yield piece
            if left or os.read(handle, 1):
                raise LoopiError(
                    "file.changed",
                    f"{self.name} was changed while it was sent.",
                    hint="Run the step again when nobody writes to the file.",
                )


def local_path(settings: Settings, name: str) -> Path:
    """The place of a name in the folder of files. Raises LoopiError `file.…`; the file need not exist."""
    if not settings.files_folder:
        raise LoopiError(
            "file.no_folder",
            "This run has no folder for files.",
            hint="Set `filesFolder` in settings.json to an absolute path.",
        )
    parts = name.split("/")
    if len(parts) > MAX_DEPTH or not all(_is_plain(part) for part in parts):
        raise _bad_name(name)
    folder = Path(os.path.realpath(settings.files_folder))
    path = folder.joinpath(*parts)
    # A link on the way would lead out of the folder, or to another name inside.
    if Path(os.path.realpath(path)) != path or path.is_symlink() or _is_private(path, folder, settings):
        raise LoopiError(
            "file.outside",
            f"{name} is a link, or lies where Loopi keeps its own files. It was not touched.",
            hint="Put the file itself into the folder of files.",
        )
    return path


def file_to_send(settings: Settings, name: str) -> LocalFile:
    """A file of the folder, looked at. Raises LoopiError `file.…`."""
    path = local_path(settings, name)
    with _opened(path, name) as handle:
        return LocalFile(name, path, os.fstat(handle).st_size)


def refuse_taken(path: Path, name: str) -> None:
    """Raise `file.exists` when there is something already."""
    if path.exists():
        refuse_existing(name)


def _is_plain(part: str) -> bool:
    is_written = _NAME.fullmatch(part) is not None and part.isprintable()
    return (
        is_written and not part.startswith(".") and part == part.rstrip(". ") and not _DEVICE.fullmatch(part)
    )


def _is_private(path: Path, folder: Path, settings: Settings) -> bool:
    """Whether it is a file of Loopi's own. The usual folder of files lies among those, and is not one."""
    if not settings.private_folder:
        return False
    private = Path(os.path.realpath(settings.private_folder))
    return path.is_relative_to(private) and not folder.is_relative_to(private / "files")


@contextlib.contextmanager
def _opened(path: Path, name: str) -> Iterator[int]:
    # Without O_NONBLOCK, opening a pipe would wait for a writer for ever.
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        handle = os.open(path, flags)
    except OSError as error:
        _refuse_unreadable(name, (error.strerror or "the system refused").lower())
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            _refuse_unreadable(name, "it is not a regular file")
        yield handle
    finally:
        os.close(handle)


def _refuse_unreadable(name: str, reason: str) -> NoReturn:
    raise LoopiError(
        "file.unreadable",
        f"{name} cannot be sent: {reason}.",
        hint="Put the file into the folder of files; `filesFolder` in settings.json names it.",
    ) from None


def refuse_existing(name: str) -> NoReturn:
    """Raise `file.exists`."""
    raise LoopiError(
        "file.exists",
        f"{name} exists already, and was left as it is.",
        hint="Choose another name, or turn on “Overwrite” in the step.",
    ) from None


def _bad_name(name: str) -> LoopiError:
    return LoopiError(
        "file.bad_name",
        f"{name[:100]!r} cannot name a file.",
        hint="Names lie in the folder of files: report.pdf, or reports/may.pdf. No .., no dot at the start, "
        'none of \\ : * ? " < > |.',
    )
