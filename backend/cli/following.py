"""A run that was started from the terminal: shown, stopped by Ctrl-C, ended with its exit code."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeAlias

from backend.cli.exits import ExitCode, exit_code
from backend.cli.session import Session
from backend.cli.stopping import Running, Stopper
from engine.errors import LoopiError
from engine.events import Event, RunFinished

if TYPE_CHECKING:
    from backend.cli.lines import Summary


class Watcher(Protocol):
    """Shows the events of a run until it is closed."""

    def __call__(self, event: Event) -> None: ...
    def close(self) -> None: ...


Sinks: TypeAlias = Sequence[Callable[[Event], None]]


def follow(
    session: Session,
    start: Callable[[Sinks], Running],
    meanwhile: Callable[[], None] = lambda: None,
    *,
    name: str = "",
) -> int:
    """Start a run that these sinks hear, and wait for its end. Raises what `start` raises.

    `meanwhile` is called again and again while it goes on, and may ask a person. `name` is that of a run
    whose start is not told any more.
    """
    from backend.cli.lines import Summary

    summary, stopper = Summary(name), Stopper()
    try:
        with closing(watcher(session)) as shown, stopper:
            finished = stopper.follow(start((stopper, shown, summary)), meanwhile)
    except KeyboardInterrupt:
        finished = None
    if finished is None:
        _abandon(session, has_begun=stopper.has_begun)
    _tell(session, finished, summary)
    return _exit(finished)


def watcher(session: Session) -> Watcher:
    """What shows events: as JSON, live on a terminal, or as plain lines."""
    from backend.cli.progress import JsonLines, Live, PlainLines

    if session.output.is_json:
        return JsonLines(session.output)
    return Live(session.output) if sys.stderr.isatty() else PlainLines(session.output)


def _abandon(session: Session, *, has_begun: bool) -> NoReturn:
    """Leave at once: Python would wait for the run's thread. The journal knows what was begun."""
    if has_begun:
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
