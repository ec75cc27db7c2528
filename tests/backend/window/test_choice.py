import sys

import pytest

from backend.window import native
from backend.window.choice import find_engine
from backend.window.errors import NoWindow
from backend.window.qt import QtEngine


@pytest.mark.parametrize(("platform", "engine"), [("win32", native.WEBVIEW2), ("darwin", native.WEBKIT)])
def test_windows_and_macos_bring_their_engine_along(platform: str, engine: object) -> None:
    assert find_engine({}, platform) is engine


@pytest.mark.skipif(sys.platform != "linux", reason="asks a display of Linux")
def test_without_a_display_no_engine_is_even_looked_for() -> None:
    with pytest.raises(NoWindow) as caught:
        find_engine({}, "linux")
    assert caught.value.code == "window.no_display"


@pytest.mark.skipif(sys.platform != "linux", reason="Qt is for Linux")
def test_what_needs_no_screen_is_drawn_by_qt_or_told_to_be_missing() -> None:
    environ = {"QT_QPA_PLATFORM": "offscreen"}
    problem = QtEngine().problem(environ)
    if problem is None:
        assert find_engine(environ, "linux").name == "qt"
    else:
        with pytest.raises(NoWindow, match="Qt"):
            find_engine(environ, "linux")


@pytest.mark.skipif(sys.platform != "linux", reason="Qt is for Linux")
def test_a_bundle_does_not_look_for_the_engine_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setitem(sys.modules, "qtpy", None)
    monkeypatch.setattr("backend.window.choice.check_display", lambda _environ: None)
    with pytest.raises(NoWindow) as caught:
        find_engine({"DISPLAY": ":1"}, "linux")
    assert "Qt" in caught.value.message
    assert "WebKitGTK cannot" not in caught.value.message
