"""`loopi window` with a hand on it: does what a person or the desktop would do to the window.

Reads lines from standard input, as `close` or `press OK`, and tells on standard output what became of them.
Knows how the two engines of Linux are reached; the program it starts is the real one, and is not changed.
"""

import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

Untyped: TypeAlias = Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


class QtHand:
    """QWidget.close is what Qt does when the desktop asks it to close."""

    def __init__(self, native: Untyped) -> None:
        self.native = native

    def do(self, work: Callable[[], object]) -> None:
        """In the window's thread."""
        self.native.create_window_trigger.emit(work)

    def close(self) -> None:
        self.native.close()

    def watch(self) -> None:
        tell("icon", not self.native.windowIcon().isNull())
        self.native.windowTitleChanged.connect(lambda title: tell("title", title))
        tell("title", self.native.windowTitle())

    def press(self, label: str) -> None:
        """Once there is a question of the system's."""
        from qtpy.QtCore import QTimer
        from qtpy.QtWidgets import QApplication

        asked = QApplication.activeModalWidget()
        if asked is None:
            QTimer.singleShot(50, lambda: self.press(label))
            return
        next(each for each in asked.buttons() if each.text().strip("&") == label).click()
        tell("pressed", label)

    def save(self, path: str = "") -> None:
        """Once a file is asked for; without a path the person thinks better of it."""
        from qtpy.QtCore import QTimer
        from qtpy.QtWidgets import QApplication, QLineEdit

        asked = QApplication.activeModalWidget()
        if asked is None:
            QTimer.singleShot(50, lambda: self.save(path))
            return
        # As typed: selectFile leaves the name alone while its field has the focus.
        asked.findChild(QLineEdit, "fileNameEdit").setText(path)
        asked.accept() if path else asked.reject()
        tell("answered", path)


class GtkHand:
    """Gtk.Window.close does as the desktop's own button does."""

    def __init__(self, native: Untyped) -> None:
        self.native = native

    def do(self, work: Callable[[], object], *, after_ms: int = 0) -> None:
        """In the window's thread, which does again what returns something true."""
        from gi.repository import GLib

        def once() -> bool:
            work()
            return False

        GLib.timeout_add(after_ms, once)

    def close(self) -> None:
        self.native.close()

    def watch(self) -> None:
        self.native.connect("notify::title", lambda *_: tell("title", self.native.get_title()))
        tell("title", self.native.get_title())

    def press(self, label: str) -> None:
        """Once there is a question of the system's."""
        from gi.repository import Gtk

        asked = next((each for each in Gtk.Window.list_toplevels() if isinstance(each, Gtk.Dialog)), None)
        if asked is None:
            self.do(lambda: self.press(label), after_ms=50)
            return
        asked.response(Gtk.ResponseType.OK if label == "OK" else Gtk.ResponseType.CANCEL)
        tell("pressed", label)

    def run(self, script: str) -> None:
        """A script in the page, as the engine's inspector would run it."""
        from webview.platforms.gtk import BrowserView

        view = next(iter(BrowserView.instances.values())).webview
        view.evaluate_javascript(script, -1, None, None, None, self._ran, None)

    def _ran(self, view: Untyped, result: Untyped, _data: object) -> None:
        tell("ran", view.evaluate_javascript_finish(result).to_string())


def tell(what: str, value: object) -> None:
    print(f"{what}: {value}", flush=True)


def obey() -> None:
    """In a thread beside the window's own."""
    for line in sys.stdin:
        import webview

        native = webview.windows[0].native
        hand = GtkHand(native) if "webview.platforms.gtk" in sys.modules else QtHand(native)
        verb, _, value = line.strip().partition(" ")
        hand.do(partial(getattr(hand, verb), *filter(None, [value])))


if __name__ == "__main__":
    from backend.cli import main

    threading.Thread(target=obey, name="hand", daemon=True).start()
    sys.exit(main())
