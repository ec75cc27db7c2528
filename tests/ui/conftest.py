"""Every test here gets the program as a process of its own, and a browser that sees everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from backend import resources
from ui.program import Program
from ui.visitor import Visitor, find_chromium, start_browser


def missing() -> str | None:
    if find_chromium() is None:
        return "no Chromium here: apt-get install chromium"
    try:
        resources.web()
    except LookupError:
        return "the page is not built: python build/ui.py"
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = missing()
    for item in items:
        if reason and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    executable = find_chromium()
    assert executable is not None
    browser = start_browser(playwright, executable)
    yield browser
    browser.close()


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Not started yet: what is added now was there before."""
    return Program(tmp_path / "home")


@pytest.fixture
def visitor(program: Program, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Comes when all that the test saves beforehand is saved: name it last among the fixtures."""
    with program:
        visitor = Visitor.arrive(browser, program)
        yield visitor
        visitor.leave()
