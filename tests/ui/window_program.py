"""`loopi window` as a process: by Qt without a screen, for Playwright; or by WebKitGTK on a display."""

import os
import re
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Playwright

from backend import resources
from servers.command_line import ROOT
from ui.program import LIMIT_S, Program
from ui.visitor import WAIT_MS


def missing(engine: str = "qt.QtEngine") -> str | None:
    """Why this engine shows no window here, or None. In a process of its own: Qt cannot be unloaded."""
    try:
        resources.web()
    except LookupError:
        return "the page is not built: python build/ui.py"
    module, name = engine.split(".")
    asked = f"{name}().problem({{'QT_QPA_PLATFORM': 'offscreen'}})"
    ask = f"import sys; from backend.window.{module} import {name}; sys.exit({asked})"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=False)
    return (
        None
        if done.returncode == 0
        else f"no such window here (make test installs what it needs): {done.stderr.strip()[-300:]}"
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class WindowProgram(Program):
    """Comes when the window shows the page. With `display`, it is WebKitGTK's, on that display."""

    starts = (str(ROOT / "tests" / "ui" / "window_driver.py"),)
    arguments = ("--debug", "window")
    begins = re.compile(r"The window shows the page\.")

    def __init__(self, home: Path, *, display: str = "") -> None:
        super().__init__(home)
        self.port = free_port()
        qt = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_REMOTE_DEBUGGING": str(self.port)}
        engine = {"DISPLAY": display, "PYWEBVIEW_GUI": "gtk"} if display else qt
        self.browser = home.parent / "browser.pipe"
        self.environ = {**self.environ, **engine, "BROWSER": f"{_browser(self.browser)} %s"}

    @contextmanager
    def page(self, playwright: Playwright) -> Iterator[Page]:
        """The page in the window, once it shows something."""
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{self.port}", no_defaults=True)
        page = browser.contexts[0].pages[0]
        page.set_default_timeout(WAIT_MS)
        page.get_by_role("main").wait_for()
        yield page
        browser.close()

    def order(self, line: str) -> None:
        """Tell the hand on the window what to do (window_driver.py)."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def link_in_browser(self) -> str:
        """The next link that the window gives to the system's browser."""
        pipe = os.open(self.browser, os.O_RDWR)
        try:
            assert select.select([pipe], [], [], LIMIT_S)[0], "no link was given to the browser"
            return os.read(pipe, 10_000).decode().strip()
        finally:
            os.close(pipe)

    def again(self) -> "subprocess.CompletedProcess[str]":
        """Start it once more, while this one goes on."""
        command = [sys.executable, "-m", "backend.cli", *self.arguments]
        environ = {**self.environ, "QTWEBENGINE_REMOTE_DEBUGGING": str(free_port())}
        return subprocess.run(
            command, env=environ, cwd=ROOT, text=True, capture_output=True, timeout=LIMIT_S, check=False
        )


def _browser(pipe: Path) -> Path:
    """A browser that writes its links into a pipe."""
    if not pipe.exists():
        os.mkfifo(pipe)
    browser = pipe.with_suffix(".sh")
    browser.write_text(f'#!/bin/sh\necho "$1" > "{pipe}"\n')
    browser.chmod(0o755)
    return browser
