from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backend.bridge.desk import Desk
from backend.bridge.dispatch import Dispatch
from engine.errors import LoopiError


@dataclass
class Frame:
    """A window of the tests' own: notes what it was told, and saves under the name it was given."""

    folder: Path
    told: list[object] = field(default_factory=list)

    def follow(self, *, title: str, view: str, is_dark: bool) -> None:
        self.told.append((title, view, is_dark))

    def answer_close(self, *, should_close: bool) -> None:
        self.told.append(should_close)

    def save_file(self, file_name: str, content: bytes) -> Path | None:
        if not content:
            return None
        (self.folder / file_name).write_bytes(content)
        return self.folder / file_name


@pytest.fixture
def frame(desk: Desk, tmp_path: Path) -> Frame:
    frame = Frame(tmp_path)
    desk.window = frame
    return frame


def test_the_window_hears_what_the_page_shows(desk: Desk, frame: Frame) -> None:
    call = Dispatch(desk)
    call("window.follow", {"title": "History – Loopi", "view": "/history", "isDark": True})
    call("window.close", {"shouldClose": False})
    assert frame.told == [("History – Loopi", "/history", True), False]
    assert call("app.info", {})["isWindow"] is True  # type: ignore[index]  # JSON


def test_a_file_is_saved_where_the_person_says(desk: Desk, frame: Frame) -> None:
    call = Dispatch(desk)
    saved = call("dialogs.saveFile", {"fileName": "weather.json", "content": "e30="})
    assert saved == {"path": str(frame.folder / "weather.json")}
    assert call("dialogs.saveFile", {"fileName": "weather.json", "content": ""}) == {}


def test_in_a_browser_there_is_no_window_to_tell(desk: Desk) -> None:
    call = Dispatch(desk)
    assert call("window.follow", {"title": "", "view": "", "isDark": False}) == {}
    assert call("window.close", {"shouldClose": True}) == {}
    with pytest.raises(LoopiError) as caught:
        call("dialogs.saveFile", {"fileName": "x", "content": ""})
    assert caught.value.code == "window.none"
