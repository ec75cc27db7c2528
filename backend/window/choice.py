"""Which engine this machine has for the window."""

import sys
from collections.abc import Mapping

from backend.window import gtk, native, qt
from backend.window.display import check_display, needs_no_screen
from backend.window.engine import Engine
from backend.window.errors import no_engine


def find_engine(environ: Mapping[str, str], platform: str = sys.platform) -> Engine:
    """The engine for a window here. Raises NoWindow, which says what is missing."""
    if platform == "win32":
        return native.WEBVIEW2
    if platform == "darwin":
        return native.WEBKIT
    if needs_no_screen(environ):
        candidates: tuple[Engine, ...] = (qt.QtEngine(),)
    else:
        check_display(environ)
        # A bundle brings Qt along. The system's PyGObject would meet libraries of another making in it.
        candidates = (qt.QtEngine(),) if hasattr(sys, "frozen") else (gtk.GtkEngine(), qt.QtEngine())
    asked = environ.get("PYWEBVIEW_GUI", "")
    wanted = [engine for engine in candidates if engine.name == asked] or candidates
    reasons: list[str] = []
    for engine in wanted:
        problem = engine.problem(environ)
        if problem is None:
            return engine
        reasons.append(problem)
    raise no_engine(
        tuple(reasons),
        hint="Install one: apt-get install python3-gi gir1.2-webkit2-4.1, or pip install 'loopi[qt]'.",
    )
