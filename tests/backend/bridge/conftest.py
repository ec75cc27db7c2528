"""A door on a free port, over a home of its own, with a browser that has been let in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.app import App, open_app
from backend.bridge.desk import Desk, Passphrase
from backend.bridge.events import Hub
from backend.serve import Serving, in_background, open_serving
from servers.browser import Browser

KEY = "3f" * 32


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A small page, built."""
    folder = tmp_path / "web"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text('<!doctype html><html lang="en"><title>Loopi</title>' + " " * 2000)
    (folder / "assets" / "app.js").write_text("export {};")
    return folder


@pytest.fixture
def asked() -> Passphrase:
    return Passphrase()


@pytest.fixture
def app(tmp_path: Path, asked: Passphrase) -> App:
    environ = {"LOOPI_HOME": str(tmp_path / "home"), "LOOPI_VAULT_KEY": KEY}
    return open_app(environ, ask=asked.ask)


@pytest.fixture
def desk(app: App, asked: Passphrase) -> Desk:
    """The handlers' own place, without a door."""
    return Desk(app, Hub(), asked)


@pytest.fixture
def serving(app: App, page: Path, asked: Passphrase) -> Iterator[Serving]:
    serving = open_serving(app, page, asked=asked)
    thread = in_background(serving)
    yield serving
    serving.stop()
    thread.join(20)
    assert not thread.is_alive()


@pytest.fixture
def stranger(serving: Serving) -> Iterator[Browser]:
    """A program on this machine that was not let in."""
    browser = Browser(serving)
    yield browser
    browser.connection.close()


@pytest.fixture
def browser(stranger: Browser) -> Browser:
    stranger.enter()
    return stranger
