"""Qt WebEngine, from PyPI: the engine for a Linux that has no WebKitGTK, and for tests without a screen."""

import ctypes
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from backend.window import engine
from backend.window.engine import Place, Untyped


class QtEngine:
    """Everything here but `problem` is called once it was None."""

    name = "qt"
    renderer = "qtwebengine"
    asks_before_overwriting = True

    def problem(self, environ: Mapping[str, str]) -> str | None:
        """Loads Qt, which says what it lacks; and its way to an X display, which would end the process."""
        try:
            from qtpy import QtWebEngineWidgets
        except ImportError as error:
            return f"Qt WebEngine cannot be loaded ({_first_line(error)})"
        del QtWebEngineWidgets
        if _may_do_without_sandbox(environ):
            os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        if not logging.getLogger().isEnabledFor(logging.DEBUG):
            _quieten()
        is_x = not environ.get("QT_QPA_PLATFORM") and not environ.get("WAYLAND_DISPLAY")
        return _lacking_for_x() if is_x else None

    def dress(self, window: Untyped, *, origin: str, colour: str) -> None:
        """Take the bridge away, and decide ourselves where the window may go."""
        from qtpy.QtGui import QColor

        page = window.native.webview.page()
        page.setWebChannel(None)
        page.setBackgroundColor(QColor(colour))
        page.navigationRequested.connect(_guard(origin))
        # What a link into a new window gets: a page that goes nowhere.
        page.nav_handler = _outside(page)

    def watch_place(self, window: Untyped, tell: Place) -> None:
        window.events.moved += tell

    def give_icon(self, window: Untyped, picture: Path) -> None:
        from qtpy.QtGui import QIcon

        window.native.setWindowIcon(QIcon(str(picture)))

    def raise_window(self, window: Untyped) -> None:
        _later(window, lambda: _bring_up(window.native))

    def paint(self, window: Untyped, colour: str) -> None:
        from qtpy.QtGui import QColor

        _later(window, lambda: window.native.webview.page().setBackgroundColor(QColor(colour)))


def _first_line(error: ImportError) -> str:
    return next(iter(str(error).splitlines()), "no reason given").rstrip(".")


def _may_do_without_sandbox(environ: Mapping[str, str]) -> bool:
    """Chromium refuses to be sandboxed by root; containers of CI forbid what its sandbox is made of."""
    return os.geteuid() == 0 or bool(environ.get("CI"))


def _quieten() -> None:
    """Both tell the terminal what they tried before they found a way to draw. `loopi --debug` shows it."""
    os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false;*.info=false;*.warning=false")
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--log-level=3")


def _lacking_for_x() -> str | None:
    """The system's library that Qt lacks to draw on an X display, in the words of the loader."""
    from qtpy.QtCore import QLibraryInfo

    plugins = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    try:
        ctypes.CDLL(str(Path(plugins, "platforms", "libqxcb.so")))
    except OSError as error:
        return f"Qt lacks a library of the system ({error})"
    return None


def _later(window: Untyped, work: Callable[[], object]) -> None:
    """In the window's thread."""
    window.native.create_window_trigger.emit(work)


def _bring_up(native: Untyped) -> None:
    from qtpy.QtCore import Qt

    native.setWindowState(native.windowState() & ~Qt.WindowState.WindowMinimized)
    native.show()
    native.raise_()
    native.activateWindow()


def _guard(origin: str) -> Callable[[Untyped], None]:
    def decide(request: Untyped) -> None:
        if not engine.is_inside(request.url().toString(), origin):
            request.reject()

    return decide


def _outside(page: Untyped) -> Untyped:
    from qtpy.QtWebEngineCore import QWebEnginePage

    class Outside(QWebEnginePage):  # type: ignore[misc]  # Qt is no dependency of ours when types are checked
        def acceptNavigationRequest(self, url: Untyped, _kind: Untyped, _is_main: bool) -> bool:  # noqa: FBT001, N802  # Qt's
            engine.open_outside(url.toString())
            return False

    return Outside(page.profile(), page)
