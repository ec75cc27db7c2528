"""A run that waits before a step: its variables are shown, and a person says how it goes on."""

import queue
from collections.abc import Mapping
from typing import Protocol

from backend.cli.lines import short
from backend.cli.output import Output
from backend.cli.prompt import UsageProblem, ask_text, has_terminal
from backend.runs.breakpoints import Mode
from engine.events import Event, RunPaused, RunStarted, StepFinished, VariableSet
from engine.model import CALLED, Json

_INSTEAD = "Leave --break out where nobody can be asked."
_MODES: Mapping[str, Mode] = {"c": "continue", "continue": "continue", "s": "step", "step": "step"}


class Pausing(Protocol):
    """A run that can be told to go on."""

    def go_on(self, mode: Mode) -> bool: ...
    def cancel(self) -> None: ...


class Pauses:
    """A sink that remembers what a run knows, redacted as all events are, and where it waits."""

    def __init__(self, output: Output) -> None:
        self.run: Pausing | None = None
        self._output = output
        self._variables: dict[str, Json] = {}
        self._waiting: queue.SimpleQueue[str] = queue.SimpleQueue()

    def __call__(self, event: Event) -> None:
        match event.fact:
            case RunStarted(variables=variables):
                self._variables |= variables
            case VariableSet(name=name, value=value) if CALLED not in event.path:
                self._variables[name] = value
            case StepFinished(stored_as=str(name), output=output) if CALLED not in event.path:
                self._variables[name] = output.get("data")
            case RunPaused(step_id=step_id):
                self._waiting.put(step_id)
            case _:
                pass

    def ask(self) -> None:
        """Ask when the run waits. Raises KeyboardInterrupt when the person leaves."""
        if self.run is None or self._waiting.empty():
            return
        self._output.note(f"Paused before {self._waiting.get()}.")
        for name, value in self._variables.items():
            self._output.note(f"  {name} = {short(value)}")
        answer = ask_text("Continue, step or stop? (c/s/q)", instead=_INSTEAD, default="c").strip().lower()
        mode = _MODES.get(answer)
        if mode is None:
            self.run.cancel()
        else:
            self.run.go_on(mode)


def require_terminal() -> None:
    """Raises UsageProblem `usage.no_terminal`: a run that waits for nobody would wait for ever."""
    if not has_terminal():
        raise UsageProblem("usage.no_terminal", "There is no terminal to ask on at a pause.", hint=_INSTEAD)
