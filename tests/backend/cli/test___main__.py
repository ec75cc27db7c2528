"""`python -m backend.cli`."""

import subprocess
import sys


def test_the_package_can_be_run_and_passes_its_exit_code_on() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "backend.cli", "no-such-command"], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"No such command" in done.stderr
