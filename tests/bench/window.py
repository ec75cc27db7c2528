"""The window: how soon its page can be used, and what its processes take, against a window with one line."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.child import HERE, ROOT
from bench.home import a_home
from bench.row import Row
from bench.scale import Scale
from bench.serving import memory_mb

SETTLE_S = 3.0
USABLE = re.compile("title: Automations")
QT = {"QT_QPA_PLATFORM": "offscreen", "PYWEBVIEW_GUI": "qt"}
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True, slots=True)
class Opened:
    """Milliseconds from the start of the process to its page, and the memory of all its processes, PSS."""

    start_ms: float
    memory_mb: float


def rows(scale: Scale) -> list[Row]:
    """Of both engines that Linux has, as far as they are here."""
    if sys.platform != "linux":
        return [Row("the window", "ms", note="measured on Linux only")]
    with _display() as display:
        return [*_of_engine("Qt", "", scale), *_of_engine("WebKitGTK", display, scale)]


def _of_engine(name: str, display: str, scale: Scale) -> list[Row]:
    from ui.window_program import missing

    needs_display = name != "Qt"
    lacking = missing("gtk.GtkEngine" if needs_display else "qt.QtEngine")
    if needs_display and not display:
        lacking = "no Xvfb on this machine"
    if lacking:
        return [Row(f"the window by {name}", "ms", note=lacking)]
    pairs = [(_loopi(display), _bare(display)) for _ in range(max(2, scale.rounds))]
    (start_ms, memory), (peer_start_ms, peer_memory) = (_least(side) for side in zip(*pairs, strict=True))
    what, peer = f"the window by {name}", "a window with one line"
    return [
        Row(f"{what}: start to a page that can be used", "ms", start_ms, peer_start_ms, peer),
        Row(f"{what}: memory of all processes, PSS", "MB", memory, peer_memory, peer),
    ]


def _least(side: Iterable[Opened]) -> tuple[float, float]:
    starts, memories = zip(*((each.start_ms, each.memory_mb) for each in side), strict=True)
    return min(starts), min(memories)


def _loopi(display: str) -> Opened:
    from ui.window_program import WindowProgram

    with a_home("http://127.0.0.1:9") as home:
        program = WindowProgram(Path(home.folder, "loopi"), display=display)
        program.environ = {**program.environ, **COMPILED}
        began_at = time.perf_counter()
        with program:
            program.order("watch")
            program.hear(USABLE)
            return _settled(program.process.pid, began_at)


def _bare(display: str) -> Opened:
    engine = {"DISPLAY": display, "PYWEBVIEW_GUI": "gtk"} if display else QT
    began_at = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(HERE / "bare_window.py")],
        cwd=ROOT,
        env={**os.environ, **engine, **COMPILED},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "shown\n"
        found = _settled(process.pid, began_at)
        process.kill()
    return found


def _settled(pid: int, began_at: float) -> Opened:
    start_ms = (time.perf_counter() - began_at) * 1000
    time.sleep(SETTLE_S)
    return Opened(start_ms, memory_mb(pid))


@contextmanager
def _display() -> "Iterator[str]":
    """An X display that nobody looks at; empty without Xvfb."""
    if shutil.which("Xvfb") is None:
        yield ""
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    with server:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
        server.terminate()
