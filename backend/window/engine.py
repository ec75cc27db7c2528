"""What an engine of a window can do for us, and where a window may go."""

import threading
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit

Untyped: TypeAlias = Any
"""What pywebview and the engines below it are made of: they ship no types."""


Place: TypeAlias = Callable[[float, float], None]
"""Takes the window's left and upper edge on the screen, in the pixels in which it is opened."""


class Engine(Protocol):
    """`name` is pywebview's word for it, `renderer` what pywebview calls what it then found."""

    @property
    def name(self) -> str: ...
    @property
    def renderer(self) -> str: ...
    @property
    def asks_before_overwriting(self) -> bool: ...

    def problem(self, environ: Mapping[str, str]) -> str | None:
        """Why it cannot be used here, or None."""
        ...

    def dress(self, window: Untyped, *, origin: str, colour: str) -> None:
        """In the window's thread, before it is shown: keep it at `origin`, in this colour until loaded."""
        ...

    def watch_place(self, window: Untyped, tell: Place) -> None:
        """In the window's thread, before it is shown: tell of each place it comes to, its frame included."""
        ...

    def give_icon(self, window: Untyped, picture: Path) -> None:
        """In the window's thread. A picture that the engine cannot read is no failure."""
        ...

    def raise_window(self, window: Untyped) -> None:
        """Bring it before the others. For any thread."""
        ...

    def paint(self, window: Untyped, colour: str) -> None:
        """The colour where there is no page. For any thread."""
        ...


def is_inside(url: str, origin: str) -> bool:
    """Whether this address is one of the door's own."""
    return url == origin or url.startswith((f"{origin}/", f"{origin}#", f"{origin}?"))


def open_outside(url: str, show: Callable[[str], object] = webbrowser.open) -> bool:
    """Show a page of the web in the system's browser. False for anything that is no such page."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    # Some browsers return only when they are closed.
    threading.Thread(target=show, args=(url,), name="browser", daemon=True).start()
    return True
