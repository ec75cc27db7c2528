import os
import signal
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from backend import resources


def has_page() -> bool:
    try:
        return resources.web().is_dir()
    except LookupError:
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is not sent to one process there")
@pytest.mark.skipif(not has_page(), reason="the page is not built")
def test_it_shows_a_link_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.cli", "serve", "--no-browser"],
        env={**os.environ, "LOOPI_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    link = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, _notes = process.communicate(timeout=30)
    assert link.startswith("http://127.0.0.1:")
    assert (rest, process.returncode) == ("", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is not sent to one process there")
@pytest.mark.skipif(not has_page(), reason="the page is not built")
def test_a_page_that_is_open_does_not_hold_up_the_end(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.cli", "serve", "--no-browser"],
        env={**os.environ, "LOOPI_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address, _, way_in = process.stdout.readline().strip().removeprefix("http://").partition("/?")
    with closing(HTTPConnection(address)) as page:
        page.request("GET", f"/?{way_in}")
        let_in = page.getresponse()
        let_in.read()
        page.request("GET", "/api/events", headers={"Cookie": let_in.headers["Set-Cookie"].split(";")[0]})
        assert page.getresponse().status == 200
        process.send_signal(signal.SIGINT)
        _rest, notes = process.communicate(timeout=30)
    # The server tells of each thread that it had to leave behind.
    assert notes.splitlines()[1:] == ["Loopi has ended."]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no variable names the browser")
@pytest.mark.skipif(not has_page(), reason="the page is not built")
def test_the_browser_is_not_handed_the_key_of_the_vault(tmp_path: Path) -> None:
    browser, seen = tmp_path / "browser", tmp_path / "seen"
    os.mkfifo(seen)
    browser.write_text(f'#!/bin/sh\nenv > "{seen}"\n')
    browser.chmod(0o700)
    keys = dict.fromkeys(("LOOPI_VAULT_KEY", "LOOPI_ENCRYPTION_KEY"), "5a" * 32)
    places = {"LOOPI_HOME": str(tmp_path / "home"), "BROWSER": str(browser), "DISPLAY": ":9"}
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.cli", "serve"],
        env={**os.environ, **keys, **places},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    handed = seen.read_text("utf-8")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert "BROWSER=" in handed
    assert "5a5a" not in handed
