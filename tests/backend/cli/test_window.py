import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backend.cli.serve import has_display
from servers.command_line import Cli


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_it_says_why_and_serves_the_browser(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    cli = Cli(tmp_path)
    process = subprocess.Popen(
        cli.command("window"),
        env=cli.environ(nothing),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    link = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, notes = process.communicate(timeout=30)
    if "page is not part of this copy" in notes:
        pytest.skip("the page is not built")
    assert notes.startswith("There is no display here")
    assert "served to the browser instead" in notes
    assert link.startswith("http://127.0.0.1:")
    assert (rest, process.returncode) == ("", 0)


@pytest.mark.skipif(os.name != "posix", reason="links need a right there")
def test_a_link_in_the_place_of_its_lock_is_said_with_what_to_do(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    (tmp_path / "instance.lock").symlink_to(tmp_path / "victim")
    ended = cli("window", environ={"QT_QPA_PLATFORM": "offscreen"})
    assert ended.code == 1
    assert f"The lock file {tmp_path / 'instance.lock'} cannot be used: it is a link." in ended.err
    assert not (tmp_path / "victim").exists()


def test_a_display_is_known_by_its_name() -> None:
    assert has_display() is (
        sys.platform in {"darwin", "win32"}
        or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    )
