"""A run as it is followed: events as JSON lines, as plain lines, or live on a terminal."""

import json
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, assert_never

from backend.cli.output import Output, printable
from engine.events import (
    BranchTaken,
    Event,
    LoopEntered,
    RequestSent,
    ResponseReceived,
    RunFinished,
    RunStarted,
    StepFinished,
    StepRetrying,
    StepStarted,
    VariableSet,
)
from engine.model import Json

if TYPE_CHECKING:
    from rich.status import Status

SHOWN_LENGTH = 200

_MARKS = {
    "succeeded": "ok",
    "failed": "failed",
    "skipped": "skipped",
    "cancelled": "stopped",
    "unknown": "unknown",
}


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
                self._status.update(Text(printable(_title(event.fact))))

    def close(self) -> None:
        """Take the spinner away."""
        self._status.stop()


class Lines:
    """Events as lines for a person. Remembers when each step began."""

    def __init__(self) -> None:
        self._began_at: dict[str, float] = {}
        self.steps = 0
        self.elapsed_s = 0.0

    def of(self, event: Event) -> list[str]:
        """The lines to print for one event, often none."""
        text = self._text(event)
        # A path has two parts for each block around a step: 1/then/0, 2/loop[3]/0.
        return [] if text is None else ["  " * (event.path.count("/") // 2) + text]

    def _text(self, event: Event) -> str | None:  # noqa: PLR0911 - one line per kind of event
        match event.fact:
            case RunStarted(name=name):
                self._began_at[""] = event.at
                return name
            case StepStarted():
                self._began_at[event.path] = event.at
                return None
            case StepFinished() as finished:
                return self._finished(event, finished)
            case StepRetrying(attempt=attempt, error=error, delay_s=delay_s):
                return f"try {attempt} failed: {_message(error)} Again in {delay_s:.0f} s."
            case LoopEntered(index=index, total=total):
                return f"round {index + 1}" + (f" of {total}" if total is not None else "")
            case BranchTaken(branch=branch):
                return f"continues with: {branch}"
            case RunFinished():
                self.elapsed_s = event.at - self._began_at.get("", event.at)
                return None
            case VariableSet(name=name, value=value):
                return f"{name} = {_short(value)}"
            case RequestSent() | ResponseReceived():
                return None
            case _:
                assert_never(event.fact)

    def _finished(self, event: Event, finished: StepFinished) -> str:
        self.steps += 1
        seconds = event.at - self._began_at.pop(event.path, event.at)
        status = finished.output.get("status")
        parts = [f"[{_MARKS[finished.outcome]}] {finished.step_id}"]
        parts += [str(status)] if isinstance(status, int) else []
        parts += [f"{seconds:.2f} s"] if finished.outcome != "skipped" else []
        if finished.error is not None:
            parts.append(_message(finished.error))
        return "  ".join(parts)


class Summary:
    """Counts what happened, for the one line of the result."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._name = ""
        self.is_over = False

    def __call__(self, event: Event) -> None:
        self._lines.of(event)
        self.is_over = isinstance(event.fact, RunFinished)
        if isinstance(event.fact, RunStarted):
            self._name = event.fact.name

    def text(self, outcome: str) -> str:
        """One line, like `Morning weather succeeded: 2 steps in 0.4 s.`."""
        steps = f"{self._lines.steps} step" + ("" if self._lines.steps == 1 else "s")
        return f"{self._name} {outcome}: {steps} in {self._lines.elapsed_s:.1f} s."


def _title(started: StepStarted) -> str:
    return f"{started.step_id}: {started.description or started.step_type}"


def _short(value: Json) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"


def _message(error: Mapping[str, Json]) -> str:
    return str(error.get("message", ""))
