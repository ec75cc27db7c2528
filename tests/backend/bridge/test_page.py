import gzip
from pathlib import Path

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
