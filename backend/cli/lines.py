"""A run's events as lines that a person reads from top to bottom. What is our own in them is ASCII."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from engine.events import (
    AnswerTaken,
    BranchTaken,
    Differed,
    Event,
    LoopEntered,
    RequestSent,
    ResponseReceived,
    RunContinued,
    RunFinished,
    RunPaused,
    RunRehearsed,
    RunStarted,
    StepFinished,
    StepRetrying,
    StepStarted,
    StepWaiting,
    ValuesTaken,
    VariableSet,
)
from engine.model import Json

SHOWN_LENGTH = 200

_MARKS = {
    "succeeded": "ok",
    "failed": "failed",
    "skipped": "skipped",
    "cancelled": "stopped",
    "unknown": "unknown",
}


class Lines:
    """Remembers what is open: when each step began, its title, and which steps have shown a block of theirs.

    A step that enters a block has its title before the block, and closes silently unless it fails. Any other
    is one line at its end, the variables that it set below it.
    """

    def __init__(self) -> None:
        self.steps = 0
        self.elapsed_s = 0.0
        self._began_at: dict[str, float] = {}
        self._titles: dict[str, str] = {}
        self._headed: set[str] = set()
        self._set: dict[str, list[str]] = {}
        self._told: Mapping[str, Json] | None = None
        self._round = ""
        self._is_dry = False
        self._has_just_begun = False
        self._within = ""

    def of(self, event: Event) -> list[str]:
        """The lines to print for one event, often none."""
        if self._has_just_begun and isinstance(event.fact, StepStarted):
            # Of a step that is run alone, what it stands in is not shown.
            self._has_just_begun, self._within = False, event.path[: event.path.rfind("/") + 1]
        return self._of(replace(event, path=event.path.removeprefix(self._within)) if self._within else event)

    def _of(self, event: Event) -> list[str]:  # noqa: C901, PLR0911 - one line per kind of event
        match event.fact:
            case RunStarted(name=name):
                self._began_at[""] = event.at
                self._has_just_begun = True
                return [name]
            case StepStarted() as started:
                self._began_at[event.path] = event.at
                self._titles[event.path] = title(started)
                return []
            case BranchTaken(branch=branch):
                return [*self._head(event.path), _indented(event.path, f"-> {branch}", deeper=1)]
            case LoopEntered() as entered:
                return self._enter(event.path, entered)
            case VariableSet(name=name, value=value):
                self._set.setdefault(event.path, []).append(f"{name} = {short(value)}")
                return []
            case StepRetrying(attempt=attempt, error=error, delay_s=delay_s):
                text = f"try {attempt} failed: {_message(error)} Again in {delay_s:.0f} s."
                return self._placed(event.path, f"{self._titles.get(event.path, '')}  {text}".lstrip())
            case StepWaiting(until=until, limit=limit):
                text = f"waits until {_clock_time(until, event.at)}: the {limit} is used up"
                return self._placed(event.path, f"{self._titles.get(event.path, '')}  {text}".lstrip())
            case StepFinished() as finished:
                return self._finish(event, finished)
            case RunFinished():
                self.elapsed_s = event.at - self._began_at.get("", event.at)
                return []
            case RequestSent() | RunRehearsed() | AnswerTaken() | Differed():
                return self._rehearsed(event.path, event.fact)
            case ValuesTaken() | ResponseReceived() | RunPaused() | RunContinued():
                return []
            case _:
                assert_never(event.fact)

    def _rehearsed(self, path: str, fact: RequestSent | RunRehearsed | AnswerTaken | Differed) -> list[str]:
        match fact:
            case RequestSent():
                return self._request(path, fact)
            case RunRehearsed(kind="dry"):
                self._is_dry = True
                return ["  dry run: nothing is sent"]
            case RunRehearsed(of_run=run_id):
                return [f"  replay of run {run_id[:8]}: nothing is sent"]
            case AnswerTaken(of_run=run_id):
                if not self._is_dry:
                    return []
                left = f"what run {run_id[:8]} left" if run_id else "placeholders"
                return self._placed(
                    path, f"{self._titles.get(path, '')}  not sent: goes on with {left}".lstrip()
                )
            case Differed(recorded=recorded, now=now):
                return self._placed(path, f"{self._titles.get(path, '')}  was {recorded}, is {now}".lstrip())

    def _request(self, path: str, request: RequestSent) -> list[str]:
        """Only a dry run is about the requests themselves."""
        if not self._is_dry:
            return []
        lines = [f"{self._titles.get(path, '')}  {request.method} {request.url}".lstrip()]
        lines += [f"  {name}: {short(value)}" for name, value in request.headers.items()]
        lines += [f"  {short(request.body)}"] if request.body else []
        return [*self._placed(path, lines[0]), *(_indented(path, each) for each in lines[1:])]

    def _head(self, path: str) -> list[str]:
        """The title of a step that enters a block, once."""
        if path in self._headed:
            return []
        self._headed.add(path)
        return self._placed(path, self._titles.get(path, path))

    def _enter(self, path: str, entered: LoopEntered) -> list[str]:
        of_all = f" of {entered.total}" if entered.total is not None else ""
        head = self._head(path.rpartition("/")[0])
        self._round = path
        return [*head, _indented(path, f"round {entered.index + 1}{of_all}")]

    def _placed(self, path: str, text: str) -> list[str]:
        """The line, below its round: rounds that run at the same time take turns, so it is named again."""
        loop, bracket, _ = path.rpartition("]")
        around = f"{loop}{bracket}"
        is_elsewhere = bool(around) and not f"{self._round}/".startswith(f"{around}/")
        self._round = around
        number = int(around.rpartition("[")[2].rstrip("]")) + 1 if is_elsewhere else 0
        again = [_indented(around, f"round {number}, continued")] if is_elsewhere else []
        return [*again, _indented(path, text)]

    def _finish(self, event: Event, finished: StepFinished) -> list[str]:
        self.steps += 1
        began_at = self._began_at.pop(event.path, event.at)
        name = self._titles.pop(event.path, finished.step_id)
        variables = self._set.pop(event.path, [])
        is_told = finished.error is not None and finished.error == self._told
        self._told = finished.error or self._told
        is_headed = event.path in self._headed
        self._headed.discard(event.path)
        if is_headed and finished.error is None:
            return [_indented(event.path, each, deeper=1) for each in variables]
        parts = _parts(finished, name, event.at - began_at)
        parts += [_message(finished.error)] if finished.error is not None and not is_told else []
        below = [_indented(event.path, each, deeper=1) for each in variables]
        return [*self._placed(event.path, "  ".join(parts)), *below]


class Summary:
    """Counts what happened, for the one line of the result. `name` is used where no start is told."""

    def __init__(self, name: str = "") -> None:
        self._lines = Lines()
        self._name = name
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


def title(started: StepStarted) -> str:
    """A step by its id, and what its author says of it."""
    return f"{started.step_id}: {started.description}" if started.description else started.step_id


def _parts(finished: StepFinished, name: str, seconds: float) -> list[str]:
    status = finished.output.get("status")
    parts = [f"[{_MARKS[finished.outcome]}] {name}"]
    parts += [str(status)] if isinstance(status, int) else []
    parts += [f"{seconds:.2f} s"] if finished.outcome != "skipped" else []
    return parts


def _clock_time(until: float, now: float) -> str:
    """A time as the clock on the wall shows it, with the day when it is another one."""
    from datetime import datetime

    then, today = (datetime.fromtimestamp(each).astimezone() for each in (until, now))
    return f"{then:%H:%M}" if then.date() == today.date() else f"{then:%Y-%m-%d %H:%M}"


def _indented(path: str, text: str, *, deeper: int = 0) -> str:
    # A path has two parts for each block around a step (1/then/0), and one more for a round (2/loop[3]).
    return "  " * (path.count("/") + deeper) + text


def short(value: Json) -> str:
    """A value as a person reads it, cut off where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"


def _message(error: Mapping[str, Json]) -> str:
    return str(error.get("message", ""))
