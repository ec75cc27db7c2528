"""The page's own unit tests, which lie beside what they test: ui/src/**/*.test.ts."""

import subprocess
import sys

from servers.command_line import ROOT


def test_what_the_page_decides_by_itself_holds() -> None:
    done = subprocess.run(
        [sys.executable, "build/ui.py", "test"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
