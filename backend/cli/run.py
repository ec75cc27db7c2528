"""`loopi run`: start an automation, show what happens, stop it on Ctrl-C, end with its exit code."""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn, Protocol

import typer

from backend.cli.exits import ExitCode, exit_code
from backend.cli.options import Json, examples
from backend.cli.prompt import UsageProblem
from backend.cli.session import Session, session_of
from engine.errors import LoopiError
from engine.events import Event, RunFinished
from engine.model import Automation, walk

if TYPE_CHECKING:
    from backend.cli.progress import Summary
    from engine import model

PATIENCE_S = 1.0
_TICK_S = 0.1


class Running(Protocol):
    """A run that was started."""

    def cancel(self) -> None: ...
    def wait(self, timeout_s: float | None = None) -> RunFinished | None: ...


class Watcher(Protocol):
    """Shows the events of a run until it is closed."""

    def __call__(self, event: Event) -> None: ...
    def close(self) -> None: ...


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "loopi run examples/openweather.json",
            'loopi run "Morning weather" --var city=Oslo --credential weather="Open Weather"',
            "loopi run report.json --json > events.jsonl",
        )
    )(run)


def run(
    context: typer.Context,
    automation: Annotated[
        str, typer.Argument(metavar="FILE|NAME", help="A file, or an automation's name or id.")
    ],
    *,
    var: Annotated[
        list[str] | None,
        typer.Option("--var", metavar="NAME=VALUE", help="A variable's first value. Repeatable."),
    ] = None,
    credential: Annotated[
        list[str] | None,
        typer.Option("--credential", metavar="STEP=NAME", help="The credential of a step. Repeatable."),
    ] = None,
    timeout: Annotated[
        float | None, typer.Option("--timeout", metavar="SECONDS", min=0.001, help="How long it may take.")
    ] = None,
    _json: Json = False,
) -> int:
    """Run an automation, from a file or from the list."""
    from backend.cli.reading import load
    from backend.runs.service import RunOptions

    session = session_of(context)
    parsed = load(session, automation)
    variables, credentials = _variables(var or ()), pairs(credential or (), option="--credential")
    _warn_of_inline_secrets(session, parsed)
    with closing(_watcher(session)) as watcher:
        summary = _summary()
        options = RunOptions(variables, credentials, timeout, sinks=(watcher, summary))
        finished = _follow(session.app.runs.start(parsed, options))
    if finished is None:
        _abandon(session)
    _tell(session, finished, summary)
    return _exit(finished)


def _variables(given: Sequence[str]) -> Mapping[str, "model.Json"]:
    from engine.variables import typed

    return {name: typed(value) for name, value in pairs(given, option="--var").items()}


def pairs(given: Sequence[str], *, option: str) -> dict[str, str]:
    """From `NAME=VALUE`, each name once. Raises UsageProblem `usage.no_pair`, `usage.twice`."""
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageProblem(
                "usage.no_pair",
                f"{option} needs a name and a value.",
                hint=f"Write it as {option} NAME=VALUE.",
            )
        if name in found:
            raise UsageProblem("usage.twice", f"{option} names {name} twice.", hint="Keep one of them.")
        found[name] = value
    return found


def _warn_of_inline_secrets(session: Session, automation: Automation) -> None:
    names = ", ".join(step.id for step in walk(automation.steps) if step.inline)
    if names:
        session.output.note(f"Warning: this file holds keys in plain text (in {names}).")
        session.output.note("`loopi automations import FILE` moves them into the vault.")


def _watcher(session: Session) -> Watcher:
    from backend.cli.progress import JsonLines, Live, PlainLines

    if session.output.is_json:
        return JsonLines(session.output)
    return Live(session.output) if sys.stderr.isatty() else PlainLines(session.output)


def _summary() -> "Summary":
    from backend.cli.progress import Summary

    return Summary()


def _follow(running: Running) -> RunFinished | None:
    """Wait for the end. The first Ctrl-C stops the run, a second one does not wait for it."""
    with _stop_on_signals(running) as stopped:
        while (finished := running.wait(_TICK_S)) is None:
            if stopped.is_set():
                return running.wait(PATIENCE_S)
    return finished


@contextmanager
def _stop_on_signals(running: Running) -> Iterator[threading.Event]:
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()
        running.cancel()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _abandon(session: Session) -> NoReturn:
    """Leave a run that does not end: Python would wait for its thread. The journal knows what was begun."""
    session.output.note("The run did not stop in time. Its history shows what was begun.")
    session.output.close()
    os._exit(ExitCode.INTERRUPTED)


def _tell(session: Session, finished: RunFinished, summary: "Summary") -> None:
    if session.output.is_json and summary.is_over:
        return
    if finished.outcome != "failed":
        session.output.line(summary.text(finished.outcome))
        return
    error = finished.error or {}
    session.output.failure(
        LoopiError(str(error.get("code")), str(error.get("message")), hint=str(error.get("hint") or ""))
    )


def _exit(finished: RunFinished) -> ExitCode:
    match finished.outcome:
        case "succeeded":
            return ExitCode.SUCCEEDED
        case "cancelled":
            return ExitCode.INTERRUPTED
        case "failed":
            return exit_code(str((finished.error or {}).get("code", "")))
