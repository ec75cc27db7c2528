import socket
import sys
from pathlib import Path

import pytest

from backend.window.display import check_display, needs_no_screen
from backend.window.errors import NoWindow

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")


def test_without_a_display_it_is_said_which_names_were_looked_for() -> None:
    with pytest.raises(NoWindow, match="neither DISPLAY nor WAYLAND_DISPLAY") as caught:
        check_display({})
    assert caught.value.code == "window.no_display"


@pytest.mark.parametrize(
    "environ", [{"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "nobody", "XDG_RUNTIME_DIR": "/nowhere"}]
)
def test_a_display_that_does_not_answer_is_none(environ: dict[str, str]) -> None:
    with pytest.raises(NoWindow, match="does not answer"):
        check_display(environ)


def test_a_wayland_display_that_listens_is_one(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "wayland-1"))
        listening.listen()
        check_display({"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": str(tmp_path)})


def test_qt_may_be_told_to_need_no_screen() -> None:
    assert needs_no_screen({"QT_QPA_PLATFORM": "offscreen:x=1"})
    assert not needs_no_screen({"QT_QPA_PLATFORM": "xcb"})
    assert not needs_no_screen({})
