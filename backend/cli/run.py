"""`loopi run`: start an automation, with values and credentials of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.beginning import Asked, beginning
from backend.cli.following import Sinks, follow
from backend.cli.options import Json, Yes, examples
from backend.cli.pausing import Pauses, require_terminal
from backend.cli.prompt import UsageProblem, confirm
from backend.cli.session import Session, session_of
from backend.cli.stopping import Running
from engine.model import Automation, walk

if TYPE_CHECKING:
    from engine import model


_Automation = Annotated[
    str, typer.Argument(metavar="FILE|NAME", help="A file, or an automation's name or id.")
]
_Variables = Annotated[
    list[str] | None,
    typer.Option("--var", metavar="NAME=VALUE", help="A variable's first value. Repeatable."),
]
_Credentials = Annotated[
    list[str] | None,
    typer.Option("--credential", metavar="STEP=NAME", help="The credential of a step. Repeatable."),
]
_Timeout = Annotated[
    float | None, typer.Option("--timeout", metavar="SECONDS", min=0.001, help="How long it may take.")
]
_MaxWait = Annotated[
    float | None,
    typer.Option(
        "--max-wait", metavar="SECONDS", min=0, max=86_400, help="How long it waits for a service's limit."
    ),
]

_DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Send nothing: show each request as it would be sent.")
]
_Only = Annotated[
    str | None,
    typer.Option("--only", metavar="STEP", help="Run this step alone, with the values of the last run."),
]
_From = Annotated[
    str | None,
    typer.Option("--from", metavar="STEP", help="Begin at this step, with the values of the last run."),
]
_ValuesOf = Annotated[
    str | None,
    typer.Option("--values-of", metavar="RUN", help="With --only and --from: the values of that run."),
]

_Break = Annotated[
    list[str] | None,
    typer.Option("--break", metavar="STEP", help="Wait before this step, and ask. Repeatable."),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "loopi run examples/morning-weather.json",
            'loopi run "Morning weather" --var city=Oslo --credential weather="Open Weather"',
            "loopi run report.json --json > events.jsonl",
            "loopi run report.json --dry-run",
            "loopi run report.json --only summary",
        )
    )(run)


def run(  # noqa: PLR0913 - an option each
    context: typer.Context,
    automation: _Automation,
    *,
    var: _Variables = None,
    credential: _Credentials = None,
    timeout: _Timeout = None,
    max_wait: _MaxWait = None,
    dry_run: _DryRun = False,
    only: _Only = None,
    from_: _From = None,
    values_of: _ValuesOf = None,
    breakpoints: _Break = None,
    yes: Yes = False,
    _json: Json = False,
) -> int:
    """Run an automation, from a file or from the list."""
    from backend.cli.reading import load
    from backend.runs.active import RunOptions

    session = session_of(context)
    parsed = load(session, automation)
    variables, credentials = first_values(var or ()), pairs(credential or (), option="--credential")
    _warn_of_inline_secrets(session, parsed)
    begin = beginning(session, parsed, Asked(only, from_, values_of))
    if not dry_run and not _is_plain_step(parsed, only):
        _ask_before_a_loop_that_posts(session, parsed, is_yes=yes)
    options = RunOptions(
        {**begin.variables, **variables}, credentials, timeout, max_wait_s=max_wait, start=begin.start
    )
    start = session.app.rehearsals.dry if dry_run else session.app.runs.start
    if breakpoints:
        require_terminal()
    pauses = Pauses(session.output)

    def begun(sinks: Sinks) -> Running:
        own = replace(options, sinks=(*sinks, pauses), breakpoints=breakpoints or ())
        pauses.run = run = start(parsed, own)
        return run

    return follow(session, begun, pauses.ask)


def first_values(given: Sequence[str]) -> Mapping[str, "model.Json"]:
    """The variables of `--var`, typed. Raises UsageProblem `usage.bad_name`, and as `pairs`."""
    from engine.template.comparison import typed
    from engine.variables import NAME, RESERVED

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


def _is_plain_step(automation: Automation, only: str | None) -> bool:
    """Whether one step is run that holds no others: it runs once, whatever it stands in."""
    return any(step.id == only and not step.blocks for step in walk(automation.steps))


def _ask_before_a_loop_that_posts(session: Session, automation: Automation, *, is_yes: bool) -> None:
    """Raises Declined, and UsageProblem `usage.no_terminal` where nobody can be asked."""
    from engine.estimate import estimate

    cost = estimate(session.app.linked(automation))
    if cost.loops:
        confirm(f"{cost.question()} Run it?", is_yes=is_yes)
