"""`loopi daemon`: keeps the schedules without a window, until it is ended."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from backend.cli.options import examples
from backend.cli.session import Session, session_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("loopi daemon", "loopi daemon --install"))(daemon)


def daemon(
    context: typer.Context,
    *,
    install: Annotated[
        bool,
        typer.Option("--install", help="Write the file that starts it when you log in, and show it."),
    ] = False,
) -> int:
    """Run automations by their schedules, without a window. One at a time works for you."""
    from backend.cli.progress import Outcomes
    from backend.keeper import Keeper

    session = session_of(context)
    if install:
        _install(session)
        return 0
    # Nobody is there to be asked: what the vault needs comes from this computer's keys or the options.
    app = replace(session.app, ask=None)
    keeper = Keeper(app, sinks=(Outcomes(session.output),))
    session.output.note("Loopi runs your schedules. Ctrl-C ends it.")
    try:
        keeper.keep_alone()
    except KeyboardInterrupt:
        session.output.note("Loopi has ended.")
    finally:
        keeper.stop()
        app.runs.end_all()
    return 0


def _install(session: Session) -> None:
    from backend.schedule.service_unit import service_unit
    from backend.store.atomic import write_file

    unit = service_unit(
        sys.platform,
        home=Path.home(),
        command=(*_own_command(), "daemon"),
        # Whole: at login another folder is the present one.
        loopi_home=str(session.app.places.user_data) if os.environ.get("LOOPI_HOME", "").strip() else "",
    )
    write_file(Path(unit.path), unit.content.encode("utf-16" if sys.platform == "win32" else "utf-8"))
    session.output.raw(unit.content)
    session.output.note(f"Written to {unit.path}.")
    session.output.note(f"Turn it on:  {unit.turn_on}")
    session.output.note(f"Turn it off: {unit.turn_off}")


def _own_command() -> tuple[str, ...]:
    """How this program is started: the frozen one is its own interpreter."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    # -P: else Python looks for modules in the folder it is started in first, whatever that is.
    return (sys.executable, "-P", "-m", "backend.cli")
