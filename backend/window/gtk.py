"""WebKitGTK, where the distribution has it: the engine that takes the least memory."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from backend.window import engine
from backend.window.engine import Place, Untyped
from backend.window.system_gi import see_system_gi

_VERSIONS = ("4.1", "4.0")


class GtkEngine:
    """Everything here but `problem` is called once it was None."""

    name = "gtk"
    renderer = "gtkwebkit2"
    asks_before_overwriting = False

    def problem(self, _environ: Mapping[str, str]) -> str | None:
        """Looks for PyGObject and WebKitGTK without starting either."""
        # Its faster way of drawing shows nothing on several drivers.
        os.environ.setdefault("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        if not see_system_gi():
            return "WebKitGTK cannot be used by this Python, which has no PyGObject"
        import gi

        known = gi.Repository.get_default()
        if "3.0" not in known.enumerate_versions("Gtk"):
            return "GTK 3 is not installed"
        if not set(_VERSIONS) & set(known.enumerate_versions("WebKit2")):
            return "WebKitGTK is not installed"
        return None

    def dress(self, window: Untyped, *, origin: str, colour: str) -> None:
        """Take the bridge away, and decide ourselves where the window may go. The colour is set already."""
        del colour
        view = _view(window)
        view.manager.unregister_script_message_handler("jsBridge")
        view.webview.disconnect_by_func(view.on_navigation)
        view.webview.connect("decide-policy", _decider(origin))

    def watch_place(self, window: Untyped, tell: Place) -> None:
        """The event itself has the place of what is inside the frame, which would wander with each start."""

        def configured(native: Untyped, _event: Untyped) -> bool:
            tell(*native.get_position())
            return False

        window.native.connect("configure-event", configured)

    def give_icon(self, window: Untyped, picture: Path) -> None:
        from gi.repository import GLib

        # The system has a reader of SVG, or none.
        with suppress(GLib.Error):
            window.native.set_icon_from_file(str(picture))

    def raise_window(self, window: Untyped) -> None:
        _later(window.native.present)

    def paint(self, window: Untyped, colour: str) -> None:
        view = _view(window)
        _later(lambda: view.webview.set_background_color(view._hex_to_rgba(colour)))  # noqa: SLF001  # its own parser


def _view(window: Untyped) -> Untyped:
    from webview.platforms.gtk import BrowserView

    return BrowserView.instances[window.uid]


def _later(work: Callable[[], object]) -> None:
    """In the window's thread, which runs idle work again for as long as it returns something true."""
    from gi.repository import GLib

    def once() -> bool:
        work()
        return False

    GLib.idle_add(once)


def _decider(origin: str) -> Callable[[Untyped, Untyped, Untyped], bool]:
    from gi.repository import WebKit2

    kinds = WebKit2.PolicyDecisionType

    def decide(_view: Untyped, decision: Untyped, kind: Untyped) -> bool:
        """True: it is decided, ask nobody else."""
        if kind == kinds.RESPONSE:
            is_allowed = decision.is_mime_type_supported()
        else:
            url = decision.get_navigation_action().get_request().get_uri()
            is_allowed = kind == kinds.NAVIGATION_ACTION and engine.is_inside(url, origin)
            if not is_allowed:
                engine.open_outside(url)
        if is_allowed:
            decision.use()
        else:
            decision.ignore()
        return True

    return decide
