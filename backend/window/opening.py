"""Opens the window on a page that is served, and returns when it is closed."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable

from backend import resources
from backend.serve import Serving, in_background
from backend.window.desktop import COLOURS, TITLE, Desktop, once
from backend.window.engine import Engine, Untyped
from backend.window.library import load_engine, load_webview
from backend.window.placement import MIN_SIZE, Area, Placement, fit, load_placement, save_placement

_END_S = 5.0
_log = logging.getLogger(__name__)

Loaded = Callable[[Desktop], object]


def open_window(
    serving: Serving,
    engine: Engine,
    *,
    on_shown: Loaded | None = None,
    on_loaded: Loaded | None = None,
) -> None:
    """Show the page in a window until it is closed: by hand, by Ctrl-C, or by `Desktop.close`.

    In the main thread only, and once in a process. `on_shown` is called when there is a window, `on_loaded`
    when the page is in it; each once, in a thread of its own. Serves the page meanwhile, and ends it.
    Raises NoWindow when the engine is not what `find_engine` saw.
    """
    library = load_engine(engine.name, engine.renderer)
    webview = load_webview()
    memory = serving.desk.app.places.window_file
    placement = fit(load_placement(memory), [_area(screen) for screen in library.get_screens()])
    window = _create(webview, serving, placement)
    desktop = Desktop(window, engine, serving.desk, placement)
    serving.desk.window = desktop
    desktop.watch()

    def dress() -> None:
        engine.dress(window, origin=_origin(serving), colour=COLOURS[placement.is_dark])
        engine.watch_place(window, desktop.moved)
        engine.give_icon(window, resources.web() / "icon.svg")
        _end_with_signals(desktop)

    window.events.before_show += dress
    if on_shown is not None:
        window.events.shown += once(lambda: on_shown(desktop))
    window.events.loaded += once(lambda: _log.debug("The window shows the page."))
    if on_loaded is not None:
        window.events.loaded += once(lambda: on_loaded(desktop))
    door = in_background(serving)
    try:
        webview.start(gui=engine.name, private_mode=True, debug=False)
    finally:
        serving.stop()
        door.join(_END_S)
        save_placement(memory, desktop.placement)


def leave(code: int = 0) -> None:
    """End the process at once: threads of the engines can keep it from ending for good."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


def _create(webview: Untyped, serving: Serving, placement: Placement) -> Untyped:
    return webview.create_window(
        TITLE,
        f"{serving.link}#{placement.view}",
        js_api=None,
        width=placement.width,
        height=placement.height,
        x=placement.x,
        y=placement.y,
        min_size=MIN_SIZE,
        maximized=placement.is_maximized,
        background_color=COLOURS[placement.is_dark],
        text_select=True,
        zoomable=True,
    )


def _origin(serving: Serving) -> str:
    return f"http://127.0.0.1:{serving.port}"


def _area(screen: Untyped) -> Area:
    return Area(int(screen.x), int(screen.y), int(screen.width), int(screen.height))


def _end_with_signals(desktop: Desktop) -> None:
    """Ctrl-C and SIGTERM close the window, and so end everything in order."""

    def end(_number: int, _frame: object) -> None:
        threading.Thread(target=desktop.close, name="end", daemon=True).start()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
