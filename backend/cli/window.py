"""`loopi window`: the page in a window of its own; where there can be none, in the browser."""

import os
from typing import TYPE_CHECKING

import typer

from backend.cli import serve
from backend.cli.options import examples
from backend.cli.session import Session, session_of

if TYPE_CHECKING:
    from backend.window.engine import Engine
    from backend.window.instance import First


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("loopi window"))(window)


def window(context: typer.Context) -> int:
    """Open Loopi's window. A second start shows the one that is open. Without a display: the browser."""
    session = session_of(context)
    from backend.window.choice import find_engine
    from backend.window.errors import NoWindow

    try:
        engine = find_engine(os.environ)
    except NoWindow as reason:
        session.output.note(f"{reason.message} The page is served to the browser instead.")
        return serve.show_in_browser(session)
    from backend.window.instance import be_first

    first = be_first(session.app.places.user_data)
    if first is None:
        session.output.note("Loopi is open already: its window is in front now.")
        return 0
    return _show(session, engine, first)


def _show(session: Session, engine: "Engine", first: "First") -> int:
    from backend.window.opening import leave, open_window

    serving = serve.open_page(session, port=0)
    try:
        open_window(serving, engine, on_shown=lambda desktop: first.listen(desktop.raise_window))
    finally:
        first.release()
    leave()
    return 0
