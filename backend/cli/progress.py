"""A run as it is followed: events as JSON lines, as plain lines, or live on a terminal."""

import sys
import threading
from typing import TYPE_CHECKING

from backend.cli.lines import Lines, title
from backend.cli.output import Output, printable
from engine.events import Event, RunStarted, StepStarted

if TYPE_CHECKING:
    from rich.status import Status


class JsonLines:
    """One event per line on stdout."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def __call__(self, event: Event) -> None:
        self._output.value(event.to_json())

    def close(self) -> None:
        """Nothing is left to do."""


class PlainLines:
    """One line on stderr for each thing that happened, indented by how deep the step is nested."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._lines = Lines()

    def __call__(self, event: Event) -> None:
        for line in self._lines.of(event):
            self._output.note(line)

    def close(self) -> None:
        """Nothing is left to do."""


class Live:
    """The same lines on a terminal, below them what the run is doing now."""

    def __init__(self, output: Output) -> None:
        self._console = output.console(sys.stderr)
        self._status: Status = self._console.status("Starting")
        self._lines = Lines()
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        from rich.text import Text

        with self._lock:
            if isinstance(event.fact, RunStarted):
                # Not before: somebody may have been asked for a passphrase until now.
                self._status.start()
            for line in self._lines.of(event):
                self._console.print(Text(printable(line), overflow="fold"))
            if isinstance(event.fact, StepStarted):
                self._status.update(Text(printable(title(event.fact))))

    def close(self) -> None:
        """Take the spinner away."""
        self._status.stop()
