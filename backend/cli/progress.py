"""A run as it is followed: events as JSON lines, as plain lines, or live on a terminal."""

import sys
import threading
from typing import TYPE_CHECKING

from backend.cli.exits import ExitCode, exit_code
from backend.cli.lines import Lines, title
from backend.cli.output import Output, printable
from engine.events import Event, RunContinued, RunFinished, RunPaused, RunStarted, StepStarted

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
            if isinstance(event.fact, RunPaused):
                # A person is asked now.
                self._status.stop()
            if isinstance(event.fact, RunContinued):
                self._status.start()
            if isinstance(event.fact, StepStarted):
                self._status.update(Text(printable(title(event.fact))))

    def close(self) -> None:
        """Take the spinner away."""
        self._status.stop()


class Outcomes:
    """A line for each run that begins or ends, of any number at once. `exit_code` is the first failure's."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._names: dict[str, str] = {}
        self.exit_code = ExitCode.SUCCEEDED

    def __call__(self, event: Event) -> None:
        match event.fact:
            case RunStarted(name=name):
                self._names[event.run_id] = name
                self._tell(event, f"{name} has started.")
            case RunFinished(outcome=outcome, error=error):
                name = self._names.pop(event.run_id, event.run_id)
                why = f": {error.get('message', '')}" if error else "."
                self._tell(event, f"{name} {outcome}{why}")
                if outcome == "failed":
                    self.exit_code = self.exit_code or exit_code(str((error or {}).get("code", "")))
            case _:
                pass

    def _tell(self, event: Event, text: str) -> None:
        if self._output.is_json:
            self._output.value(event.to_json())
        else:
            self._output.line(text)
