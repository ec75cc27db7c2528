"""`loopi check`: everything that is wrong with an automation, and what is worth a warning. Runs nothing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.exits import ExitCode
from backend.cli.options import Json, examples
from backend.cli.session import Session, session_of
from engine.model import Automation, located, walk

if TYPE_CHECKING:
    from engine import model
    from engine.estimate import Cost
    from engine.parse.problem import Problem
    from engine.price import Price


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples("loopi check examples/morning-weather.json", "loopi check report.json --json")
    )(check)


def check(
    context: typer.Context,
    automation: Annotated[
        str, typer.Argument(metavar="FILE|NAME", help="A file, or an automation's name or id.")
    ],
    *,
    _json: Json = False,
) -> int:
    """Say all that is wrong with an automation, without running it.

    Warnings (a tweet over 280, a credential that is not there) leave the exit code at 0.
    """
    from backend.cli.reading import load
    from engine.parse.document import warnings

    session = session_of(context)
    parsed = session.app.linked(load(session, automation))
    found = [*warnings(parsed), *_missing_credentials(session, parsed)]
    _show(session, parsed, found)
    return ExitCode.SUCCEEDED


def _show(session: Session, automation: Automation, found: Sequence["Problem"]) -> None:
    from engine.estimate import estimate

    count, cost = len(walk(automation.steps)), estimate(automation)
    if session.output.is_json:
        listed = [{"path": each.path, "message": each.message} for each in found]
        shown: dict[str, model.Json] = {
            "ok": True,
            "name": automation.name,
            "steps": count,
            "warnings": listed,
        }
        session.output.value({**shown, "cost": _amounts(cost)})
        return
    for warning in found:
        session.output.note(f"Warning: {warning}")
    steps = "1 step" if count == 1 else f"{count} steps"
    session.output.line(f"{automation.name} can run: {steps}, no problems.")
    if told := cost.question() if cost.loops else cost.in_words():
        session.output.line(told)


def _amounts(cost: "Cost") -> dict[str, "model.Json"]:
    """In US dollars; `rounds` is what a round costs of each loop of unknown length, by its path."""
    rounds: dict[str, model.Json] = {path: _range(price) for path, price in cost.rounds}
    return {**_range(cost.price), "rounds": rounds, "postsInLoop": cost.loops}


def _range(price: "Price") -> dict[str, "model.Json"]:
    return {"least": price.least / 1000, "most": price.most / 1000}


def _missing_credentials(session: Session, automation: Automation) -> list["Problem"]:
    """References that lead nowhere, if the vault can be opened without asking anybody."""
    from backend.adapters.vault import SHOWN
    from engine.parse.problem import Problem

    references = [(path, step.credential) for path, step in located(automation.steps) if step.credential]
    try:
        return [
            Problem(path, f"names the credential {reference!r}, which is not there")
            for path, reference in references
            if _opens_unasked(session) and session.app.credentials.find(reference) is None
        ]
    except SHOWN:
        # What is wrong with the vault is not this file's fault, and `loopi vault status` tells it.
        return []


def _opens_unasked(session: Session) -> bool:
    """Whether there is no vault yet, or its key is at hand. A keychain may ask, and so would a passphrase."""
    status = session.app.vault.status()
    return status.source is not None or all(slot.type == "keyfile" for slot in status.slots)
