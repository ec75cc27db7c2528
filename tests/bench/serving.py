"""`loopi serve` as users start it, for the groups that speak to the page's door."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.child import ROOT

LOOPI = (sys.executable, "-m", "backend.cli")


@dataclass(frozen=True, slots=True)
class Served:
    """A page that is served. `began_at` is when its process was started, by `time.perf_counter`."""

    link: str
    pid: int
    began_at: float

    @property
    def url(self) -> str:
        return self.link.partition("?")[0]


@contextmanager
def served(environ: Mapping[str, str]) -> Iterator[Served]:
    """The program in a home of its own, until the end."""
    began_at = time.perf_counter()
    command = [*LOOPI, "serve", "--no-browser"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        try:
            yield Served(_link(process), process.pid, began_at)
        finally:
            process.terminate()


def _link(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    found = re.match(r"http://127\.0\.0\.1:\d+/\?\S+", process.stdout.readline())
    if found is None:
        raise RuntimeError("loopi serve printed no link. Is the page built? python build/ui.py")
    return found[0]


def memory_mb(pid: int) -> float:
    """PSS of this process and of all that it has started: what is shared is split among the sharers."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    own = int(re.findall(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[0]) / 1024
    children = [
        child
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text("ascii").split()
    ]
    return own + sum(memory_mb(int(child)) for child in children)
