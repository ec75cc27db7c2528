"""The window as the program sees it: remembers where it is, asks before it closes during a run, saves files.

Nothing here waits in the window's own thread: it would wait for itself.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from backend.bridge.desk import Desk
from backend.store.atomic import write_file
from backend.window.engine import Engine, Untyped
from backend.window.placement import Placement

TITLE = "Loopi"
COLOURS = {False: "#FFFFFF", True: "#15161A"}
"""The page's `bg` of both themes (ui/src/styles/tokens.css), by whether it is dark."""

_QUESTION = "Runs are still going on. OK stops them and closes Loopi."
_SAVE = 30  # pywebview's FileDialog.SAVE


class Desktop:
    """One window, from before it is shown until it is closed."""

    def __init__(self, window: Untyped, engine: Engine, desk: Desk, placement: Placement) -> None:
        self._window = window
        self._engine = engine
        self._desk = desk
        self._may_close = False
        self._is_asking = False
        self.placement = placement

    # ------------------------------------------------------------ what the page asks

    def follow(self, *, title: str, view: str, is_dark: bool) -> None:
        self._window.set_title(title or TITLE)
        if is_dark != self.placement.is_dark:
            self._engine.paint(self._window, COLOURS[is_dark])
        self.placement = replace(self.placement, view=view, is_dark=is_dark)

    def answer_close(self, *, should_close: bool) -> None:
        self._is_asking = False
        if should_close:
            self.close()

    def save_file(self, file_name: str, content: bytes) -> Path | None:
        chosen: Sequence[str] | None = self._window.create_file_dialog(
            _SAVE, directory=str(Path.home()), save_filename=file_name
        )
        if not chosen:
            return None
        path = Path(chosen[0])
        if path.exists() and not self._engine.asks_before_overwriting and not self._may_replace(path):
            return None
        write_file(path, content)
        return path

    def _may_replace(self, path: Path) -> bool:
        return bool(
            self._window.create_confirmation_dialog("Replace the file?", f"{path.name} exists already.")
        )

    # ------------------------------------------------------------ what the program asks

    def close(self) -> None:
        """Close it without asking. For any thread but the window's own."""
        self._may_close = True
        self._window.destroy()

    def raise_window(self) -> None:
        """Bring it before the others."""
        self._engine.raise_window(self._window)

    # ------------------------------------------------------------ what the engine tells

    def moved(self, x: float, y: float) -> None:
        """In any thread."""
        if not self.placement.is_maximized:
            self.placement = replace(self.placement, x=int(x), y=int(y))

    def watch(self) -> None:
        """Hear of everything that happens to the window."""
        events = self._window.events
        events.closing += self._closing
        events.resized += self._resized
        events.maximized += lambda: self._maximized(is_maximized=True)
        events.restored += lambda: self._maximized(is_maximized=False)

    def _closing(self) -> bool:
        """In the window's own thread: whether it may close. What is to be asked is asked elsewhere."""
        if self._may_close or not self._desk.app.runs.active():
            return True
        threading.Thread(target=self._ask, name="may it close?", daemon=True).start()
        return False

    def _ask(self) -> None:
        """The page asks. A second attempt, or a page that does not listen, is asked without it."""
        if self._desk.hub.has_listeners and not self._is_asking:
            self._is_asking = True
            self._desk.hub.notify("closing")
        elif self._window.create_confirmation_dialog("Stop runs and close?", _QUESTION):
            self.close()

    def _resized(self, width: float, height: float) -> None:
        if not self.placement.is_maximized:
            self.placement = replace(self.placement, width=int(width), height=int(height))

    def _maximized(self, *, is_maximized: bool) -> None:
        self.placement = replace(self.placement, is_maximized=is_maximized)


def once(work: Callable[[], object]) -> Callable[[], None]:
    """What is called for each page that is loaded, and shall happen for the first."""
    waiting = [work]

    def call() -> None:
        if waiting:
            waiting.pop()()

    return call
