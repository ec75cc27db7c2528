"""What the command line prints: results to stdout, the rest to stderr, nothing that steers a terminal."""

import json
import os
import re
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TextIO

from engine.model import Json

if TYPE_CHECKING:
    from rich.console import Console

# C0, DEL and C1 (escape sequences start with them), line separators, and what turns the direction of text.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Problem(Protocol):
    """Any family of errors: the engine's, the vault's, the store's."""

    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def hint(self) -> str: ...


def printable(text: str) -> str:
    """The text with control characters made visible: an answer or a name must not steer the terminal."""
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def moment(stamp: str) -> str:
    """A saved time (ISO 8601) for a person, like `2026-01-31 09:05 UTC`; what is no time stays as it is."""
    from datetime import UTC, datetime

    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return f"{found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC):%Y-%m-%d %H:%M} UTC"


class Output:
    """Writes for one command. `is_json` is set by `--json`; safe to use from several threads.

    `lost` says why something could not be written, when that was not the reader's own choice.
    """

    def __init__(self, *, is_json: bool = False, has_color: bool = True) -> None:
        self.is_json = is_json
        self.has_color = has_color
        self.lost = ""
        self._lock = threading.Lock()
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show a character gets its number instead of an error.
            getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")

    def value(self, value: Json) -> None:
        """A result as one line of JSON on stdout, ASCII only, so that no pipe can spoil it."""
        self.raw(json.dumps(value, ensure_ascii=True, default=_plain) + "\n")

    def line(self, text: str) -> None:
        """One line of the result."""
        self.raw(printable(text) + "\n")

    def note(self, text: str) -> None:
        """One line that is not the result: progress, warnings, questions."""
        self._write(sys.stderr, printable(text) + "\n")

    def raw(self, text: str) -> None:
        """The result as it is, for a file's content or a shell's script."""
        self._write(sys.stdout, text)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table on a terminal; lines with tabs between the columns, without headings, in a pipe."""
        if not sys.stdout.isatty():
            for row in rows:
                self.line_of_cells(row)
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(*headings, box=None, pad_edge=False, header_style="bold")
        for row in rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        with self._lock:
            self.console(sys.stdout).print(table)

    def line_of_cells(self, cells: Sequence[str]) -> None:
        """One row for a program to read."""
        self.raw("\t".join(printable(cell) for cell in cells) + "\n")

    def failure(self, error: Problem, *, details: Mapping[str, Json] | None = None) -> None:
        """What happened and what to do next: on stderr, or with `--json` as one object on stdout."""
        if self.is_json:
            shown = {"code": error.code, "message": error.message, "hint": error.hint, **(details or {})}
            self.value({"ok": False, "error": shown})
            return
        for line in f"Error: {error.message}\n{error.hint}".rstrip().splitlines():
            self.note(line)

    def console(self, stream: TextIO) -> "Console":
        """Rich's console on a stream, in colour unless the user or NO_COLOR says otherwise."""
        from rich.console import Console

        return Console(file=stream, no_color=not self.has_color or None, highlight=False, markup=False)

    def close(self) -> None:
        """Flush while a closed pipe can still be handled."""
        for stream in (sys.stdout, sys.stderr):
            self._write(stream, "")

    def _write(self, stream: TextIO, text: str) -> None:
        with self._lock:
            try:
                stream.write(text)
                stream.flush()
            except OSError as error:
                # The reader has gone (`loopi … | head -1`) or the disk is full. The work goes on unheard.
                is_reader_gone = isinstance(error, BrokenPipeError)
                self.lost = self.lost or ("" if is_reader_gone else error.strerror or "no reason given")
                silence(stream)


def silence(stream: TextIO) -> None:
    """Let a stream lead nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _plain(value: object) -> object:
    """Mappings and sequences of frozen data as JSON's own kinds. Anything else is a mistake."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not data")
