"""A real window by WebKitGTK, on a screen of its own: the page is in it, and it keeps to the page."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from re import compile as pattern

import pytest

from backend.window.placement import Placement, load_placement, save_placement
from ui.editor import save_automation
from ui.program import LIMIT_S
from ui.window_program import WindowProgram, missing

BRIDGE = "run [typeof pywebview, typeof window.webkit?.messageHandlers?.jsBridge, location.search].join()"
PRESS_RUN = "run [...document.querySelectorAll('button')].find(it => it.textContent.trim() === 'Run').click()"
CUT = (
    "run [...document.querySelectorAll('aside textarea')].map(it => it.scrollHeight > it.clientHeight).join()"
)
LINK = 'a[href="#/settings/general"]'


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """An X display that nobody looks at."""
    if shutil.which("Xvfb") is None:
        pytest.skip("no Xvfb here: apt-get install xvfb")
    reason = missing("gtk.GtkEngine")
    if reason:
        pytest.skip(reason)
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    yield f":{server.stdout.readline().strip()}"
    server.terminate()
    server.communicate()


@pytest.fixture
def frames(display: str) -> Iterator[None]:
    """Windows on the display have frames and title bars."""
    if shutil.which("openbox") is None:
        pytest.skip("no openbox here: apt-get install openbox")
    command = ["openbox", "--sm-disable", "--startup", "echo ready"]
    manager = subprocess.Popen(command, env={**os.environ, "DISPLAY": display}, stdout=subprocess.PIPE)
    assert manager.stdout is not None
    assert b"ready\n" in iter(manager.stdout.readline, b"")
    yield
    manager.terminate()
    manager.communicate()


@pytest.fixture
def webkit(display: str, tmp_path: Path) -> WindowProgram:
    """Not started yet."""
    return WindowProgram(tmp_path / "home", display=display)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="WebKitGTK is for Linux")


def test_the_page_works_in_webkit_and_nothing_of_python_is_in_it(webkit: WindowProgram) -> None:
    with webkit:
        webkit.order("watch")
        webkit.hear(pattern("title: Automations"))
        webkit.order(BRIDGE)
        webkit.hear(pattern("ran: undefined,undefined,$"))
        webkit.order(f"run document.querySelector('{LINK}').click()")
        webkit.hear(pattern("title: General"))
        webkit.order("close")
        assert webkit.process.wait(LIMIT_S) == 0
    assert load_placement(webkit.app.places.window_file).view == "/settings/general"


def test_webkit_gives_links_of_the_web_to_the_browser_and_stays_where_it_is(webkit: WindowProgram) -> None:
    with webkit:
        webkit.order("run location.href = 'http://127.0.0.2:8999/away'")
        assert webkit.link_in_browser() == "http://127.0.0.2:8999/away"
        webkit.order("run location.hash = '#/settings/general'")
        webkit.order("watch")
        webkit.hear(pattern("title: General"))
        webkit.order("run location.hostname")
        webkit.hear(pattern("ran: 127.0.0.1"))


def test_webkit_asks_before_it_closes_during_a_run(webkit: WindowProgram) -> None:
    save_automation(webkit, {"id": "long", "type": "wait", "value": 600})
    with webkit:
        webkit.order("run location.hash = '#/automations/mine'")
        webkit.order("watch")
        webkit.hear(pattern("title: Mine"))
        webkit.order(PRESS_RUN)
        webkit.hear(pattern("title: Run"))
        webkit.order("close")
        webkit.order("close")
        webkit.order("press OK")
        assert webkit.process.wait(LIMIT_S) == 0
    assert [run["outcome"] for run in webkit.app.journal.catalog.runs()] == ["cancelled"]


def test_a_field_is_as_tall_as_what_stands_in_it(webkit: WindowProgram) -> None:
    long = {"name": "{{credentials.apiKey}} and more"}
    save_automation(webkit, {"id": "ask", "type": "apiCall", "url": "http://127.0.0.1/", "headers": long})
    with webkit:
        webkit.order("run location.hash = '#/automations/mine'")
        webkit.order("watch")
        webkit.hear(pattern("title: Mine"))
        webkit.order(CUT)
        webkit.hear(pattern("ran: false(,false)+$"))


@pytest.mark.usefixtures("frames")
def test_a_window_with_a_frame_comes_back_where_it_was(webkit: WindowProgram) -> None:
    save_placement(webkit.app.places.window_file, Placement(width=800, height=600, x=70, y=60))
    places = []
    for _ in range(2):
        with webkit:
            webkit.order("watch")
            webkit.hear(pattern("title: Automations"))
            webkit.order("close")
            assert webkit.process.wait(LIMIT_S) == 0
        left = load_placement(webkit.app.places.window_file)
        places.append((left.x, left.y))
    assert places == [(70, 60)] * 2
