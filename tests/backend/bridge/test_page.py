import gzip
from pathlib import Path

import pytest

from backend.bridge.page import Page
from servers.browser import Browser


def test_only_files_of_known_kinds_are_read(page: Path) -> None:
    (page / "notes.py").write_text("secret = 1")
    found = Page.load(page)
    assert found.find("/notes.py") is None
    assert found.find("/assets/app.js") is not None


def test_what_is_added_later_is_not_served(page: Path) -> None:
    found = Page.load(page)
    (page / "late.js").write_text("1")
    assert found.find("/late.js") is None


def test_the_page_comes_packed_to_who_takes_it(browser: Browser) -> None:
    cookie = {"Cookie": browser.cookie}
    plain = browser.send("GET", "/", headers=cookie)
    packed = browser.send("GET", "/", headers={**cookie, "Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content)


def test_each_file_has_its_type(browser: Browser) -> None:
    reply = browser.send("GET", "/assets/app.js", headers={"Cookie": browser.cookie})
    assert reply.headers["Content-Type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_first_bytes_of_the_page_carry_the_theme_that_was_chosen(browser: Browser, theme: str) -> None:
    browser.call("settings.update", {"theme": theme})
    for path in ("/", "/index.html"):
        reply = browser.send("GET", path, headers={"Cookie": browser.cookie})
        assert f'<html lang="en" data-theme="{theme}">' in reply.content.decode()


def test_the_systems_theme_is_named_nowhere(browser: Browser) -> None:
    browser.call("settings.update", {"theme": "system"})
    reply = browser.send("GET", "/", headers={"Cookie": browser.cookie})
    assert b"data-theme" not in reply.content
