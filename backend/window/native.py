"""The engines that Windows and macOS bring along."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.window import engine
from backend.window.engine import Place, Untyped


@dataclass(frozen=True)
class NativeEngine:
    """pywebview's own settings do here what Linux needs code for: no bridge is left to take away."""

    name: str
    renderer: str
    asks_before_overwriting: bool = True

    def problem(self, _environ: Mapping[str, str]) -> str | None:
        return None

    def dress(self, window: Untyped, *, origin: str, colour: str) -> None:
        """WebView2 asks before it goes anywhere. WKWebView does not; the page's policy holds it."""
        del colour
        if self.renderer != "edgechromium":
            return

        def decide(_sender: Untyped, request: Untyped) -> None:
            request.Cancel = not engine.is_inside(str(request.Uri), origin)

        window.native.browser.webview.NavigationStarting += decide

    def watch_place(self, window: Untyped, tell: Place) -> None:
        window.events.moved += tell

    def give_icon(self, window: Untyped, picture: Path) -> None:
        """These systems show the program's own."""

    def raise_window(self, window: Untyped) -> None:
        window.restore()
        window.show()

    def paint(self, window: Untyped, colour: str) -> None:
        """Only while there is no page is the colour seen: the next start takes the new one."""


WEBVIEW2 = NativeEngine("edgechromium", "edgechromium")
WEBKIT = NativeEngine("cocoa", "cocoa")
