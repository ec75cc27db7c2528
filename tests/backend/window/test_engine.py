import threading

import pytest

from backend.window.engine import is_inside, open_outside

ORIGIN = "http://127.0.0.1:8765"


@pytest.mark.parametrize("url", [ORIGIN, f"{ORIGIN}/", f"{ORIGIN}/?link=x", f"{ORIGIN}/#/history"])
def test_the_doors_own_addresses_are_inside(url: str) -> None:
    assert is_inside(url, ORIGIN)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:87654/",
        "http://127.0.0.1/",
        "https://127.0.0.1:8765/",
        f"{ORIGIN}@example.com/",
        f"{ORIGIN}.example.com/",
        "file:///etc/passwd",
        "about:blank",
        "javascript:alert(1)",
    ],
)
def test_everything_else_is_outside(url: str) -> None:
    assert not is_inside(url, ORIGIN)


def test_a_page_of_the_web_is_shown_by_the_browser() -> None:
    shown, is_shown = [], threading.Event()

    def show(url: str) -> None:
        shown.append(url)
        is_shown.set()

    assert open_outside("https://developer.x.com/", show)
    assert is_shown.wait(10)
    assert shown == ["https://developer.x.com/"]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "mailto:a@b", "https:///", "", "x"]
)
def test_nothing_else_is_given_to_the_system(url: str) -> None:
    shown: list[str] = []
    assert not open_outside(url, shown.append)
    assert shown == []
