"""`loopi run`: start an automation, show what happens, stop it on Ctrl-C, end with its exit code."""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, NoReturn, Protocol

import typer

from backend.cli.exits import ExitCode, exit_code
from backend.cli.options import Json, examples
from backend.cli.prompt import UsageProblem
from backend.cli.session import Session, session_of
from backend.cli.stopping import Stopper
from engine.errors import LoopiError
from engine.events import Event, RunFinished
from engine.model import Automation, walk

if TYPE_CHECKING:
    from backend.cli.lines import Summary
    from engine import model


class Watcher(Protocol):
    """Shows the events of a run until it is closed."""

    def __call__(self, event: Event) -> None: ...
    def close(self) -> None: ...


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "loopi run examples/morning-weather.json",
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
    variables, credentials = first_values(var or ()), pairs(credential or (), option="--credential")
    _warn_of_inline_secrets(session, parsed)
    summary, stopper = _summary(), Stopper()
    try:
        with closing(_watcher(session)) as watcher, stopper:
            options = RunOptions(variables, credentials, timeout, sinks=(stopper, watcher, summary))
            finished = stopper.follow(session.app.runs.start(parsed, options))
    except KeyboardInterrupt:
        finished = None
    if finished is None:
        _abandon(session, has_begun=stopper.has_begun)
    _tell(session, finished, summary)
    return _exit(finished)


def first_values(given: Sequence[str]) -> Mapping[str, "model.Json"]:
    """The variables of `--var`, typed. Raises UsageProblem `usage.bad_name`, and as `pairs`."""
    from engine.variables import NAME, RESERVED, typed

    found = pairs(given, option="--var")
    for name in found:
        if name in RESERVED or not NAME.fullmatch(name):
            raise UsageProblem(
                "usage.bad_name",
                f"{name[:64]!r} cannot be the name of a variable.",
                hint="A name is a letter or _, then letters, digits and _. Words like credentials are taken.",
            )
    return {name: typed(value) for name, value in found.items()}


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
    from backend.cli.lines import Summary

    return Summary()


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
