"""The self-test of the window: opened without a screen where that can be, until its page listens to the door.

In a process of its own: an engine wants the main thread, ends the process its own way, cannot be unloaded.
"""

import os
import sys
import time
from collections.abc import Iterator, Mapping

from backend import resources
from backend.app import open_app
from backend.bridge.events import Hub
from backend.selftest.trial import Failed, NotAvailable, Trial, is_frozen, last_word, require
from backend.serve import open_serving
from backend.window.choice import find_engine
from backend.window.desktop import Desktop
from backend.window.errors import NoWindow
from backend.window.opening import leave, open_window

OPTION = "--selftest-window"
_PAGE_S = 60.0
_TICK_S = 0.05


def check(trial: Trial) -> str:
    """Start this program once more, for the window. A bundle brings its engine along, so there it must."""
    reasons: list[str] = []
    for place in _places():
        try:
            engine = find_engine({**os.environ, **place})
        except NoWindow as reason:
            reasons.append(reason.message)
            continue
        began_at = time.monotonic()
        done = trial.start(OPTION, environ=place)
        require(done.returncode == 0, f"{engine.name} {last_word(done)}")
        return f"{engine.name} showed the page, and was closed, in {time.monotonic() - began_at:.1f} s"
    if is_frozen():
        raise Failed(reasons[0])
    raise NotAvailable(f"not available: {reasons[0]}")


def show(environ: Mapping[str, str]) -> None:
    """Open the window, close it once its page listens, and leave: 0 when it did."""
    serving = open_serving(open_app(environ), resources.web())
    heard: list[bool] = []

    def look(desktop: Desktop) -> None:
        heard.append(_listens(serving.desk.hub))
        desktop.close()

    open_window(serving, find_engine(environ), on_loaded=look)
    leave(0 if heard == [True] else 1)


def _places() -> Iterator[dict[str, str]]:
    """Where to try: without a screen, then where the user is."""
    if sys.platform == "linux":
        yield {"QT_QPA_PLATFORM": "offscreen"}
    yield {}


def _listens(hub: Hub) -> bool:
    """Whether the page in the window has begun to listen: its script ran, and the door let it in."""
    end = time.monotonic() + _PAGE_S
    while not hub.has_listeners and time.monotonic() < end:
        time.sleep(_TICK_S)
    return hub.has_listeners
