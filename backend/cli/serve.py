"""`loopi serve`: the page in a browser. Shows a link that works once, and ends with Ctrl-C."""

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.options import examples
from backend.cli.session import Session, session_of

if TYPE_CHECKING:
    from backend.serve import Serving

_KEYS = ("LOOPI_VAULT_KEY", "LOOPI_VAULT_PASSPHRASE", "LOOPI_ENCRYPTION_KEY")
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("loopi serve", "loopi serve --port 8765 --no-browser"))(serve)


def serve(
    context: typer.Context,
    *,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0 takes any free one.")
    ] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only show the link.")] = False,
) -> int:
    """Open Loopi's page in a browser. Only this machine can reach it, and only with the link."""
    return show_in_browser(session_of(context), port=port, may_open=not no_browser)


def show_in_browser(session: Session, *, port: int = 0, may_open: bool = True) -> int:
    """Show the link, open it where a browser could show itself, and serve the page until Ctrl-C."""
    serving = open_page(session, port=port)
    try:
        session.output.line(serving.link)
        session.output.note("The link opens Loopi once, in one browser. Ctrl-C ends Loopi and what it runs.")
        if may_open and has_display():
            _show(serving.link)
        serving.run()
    except KeyboardInterrupt:
        session.output.note("Loopi has ended.")
    return 0


def has_display() -> bool:
    """Whether a browser could show itself."""
    return sys.platform in {"darwin", "win32"} or any(os.environ.get(name) for name in _DISPLAYS)


def open_page(session: Session, *, port: int) -> "Serving":
    """The page behind its door, not served yet. Raises LoopiError `serve.no_page`, `serve.port`."""
    from backend import resources
    from backend.bridge.desk import Passphrase
    from backend.serve import open_serving
    from engine.errors import LoopiError

    try:
        page = resources.web()
    except LookupError as error:
        raise LoopiError(
            "serve.no_page",
            "The page is not part of this copy of Loopi.",
            hint="Start it with `make serve` in the source folder, or install Loopi again.",
        ) from error
    passphrase, app = Passphrase(), session.app
    for name in _KEYS:
        # The program has its own copy. The browser, and the processes that show a page, get none.
        os.environ.pop(name, None)
    # Whoever is at the page is asked for it, not whoever is at the terminal.
    return open_serving(replace(app, ask=passphrase.ask), page, port=port, asked=passphrase)


def _show(link: str) -> None:
    import webbrowser

    webbrowser.open(link)
