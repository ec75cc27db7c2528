"""pywebview, with what it would give to the page taken away.

Its bridge lets a page call any function it can name, and shows it tracebacks. The page has the door instead.
"""

import logging
import sys
from collections.abc import Callable
from importlib.util import find_spec
from types import ModuleType

from backend.window.engine import Untyped
from backend.window.errors import NoWindow

_log = logging.getLogger(__name__)


def load_webview() -> Untyped:
    """The module `webview`. No window of it gets a script, a style or a function of Python's."""
    _stand_in_for_proxy_tools()
    import webview
    from webview import util

    # The engines take both from here when they are imported, which is when the first window starts.
    util.inject_pywebview = _tell_loaded
    util.js_bridge_call = _refuse_call
    # It writes to stderr by itself; ours redact what they write.
    logging.getLogger("pywebview").handlers.clear()
    webview.settings["ALLOW_DOWNLOADS"] = False
    webview.settings["ALLOW_FILE_URLS"] = False
    webview.settings["OPEN_DEVTOOLS_IN_DEBUG"] = False
    return webview


def load_engine(name: str, renderer: str) -> Untyped:
    """The module of the engine `name`. Raises NoWindow when pywebview would take another than `renderer`."""
    webview = load_webview()
    from webview.guilib import initialize

    try:
        found = initialize(name)
    except webview.WebViewException as error:
        raise NoWindow("window.no_engine", f"The engine for the window does not start: {error}") from error
    if found.renderer != renderer:
        raise NoWindow(
            "window.old_engine",
            f"The only engine for the window that was found here is {found.renderer}, which is too old.",
            hint="On Windows install the WebView2 Runtime. The browser works too: loopi serve",
        )
    return found


def _tell_loaded(_renderer: str, window: Untyped) -> None:
    """What is left of the injection: the events that pywebview's own functions wait for."""
    window.events.before_load.set()
    window.events._pywebviewready.set()  # noqa: SLF001  # pywebview waits for it before it closes
    window.events.loaded.set()


def _refuse_call(_window: Untyped, name: str, _param: object, _value_id: str) -> None:
    _log.warning("The page asked for a function that no page has: %.60r", name)


def _stand_in_for_proxy_tools() -> None:
    """The one thing pywebview takes from it: a decorator of names that are no longer used, and of `screens`.

    The package has no wheel, so that installing it would run its code with tools that no hash covers.
    """
    if "proxy_tools" not in sys.modules and find_spec("proxy_tools") is None:
        stand_in: Untyped = ModuleType("proxy_tools")
        stand_in.module_property = _same
        sys.modules["proxy_tools"] = stand_in


def _same(function: Callable[..., object]) -> Callable[..., object]:
    return function
