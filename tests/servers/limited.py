"""Code in a process of its own with so many seconds of the processor: what would take hours is ended."""

import subprocess
import sys

from servers.command_line import ROOT

_LIMIT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({0}, {0}))
sys.path[:0] = ["tests", *{1!r}]
"""


def printed(code: str, *, cpu_s: int, paths: tuple[str, ...] = ()) -> list[str]:
    """The lines that it printed before it was over, or was ended."""
    done = subprocess.run(
        [sys.executable, "-c", _LIMIT.format(cpu_s, paths) + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    return done.stdout.splitlines()
