"""A run that is killed while it waits for a limit: what the service refused is not in doubt."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from backend.runs.journal import Journal
from engine.errors import LoopiError
from engine.events import StepWaiting
from servers import x_problems as problems
from servers.command_line import ROOT
from servers.x_api import XServer

SCRIPT = Path(__file__).with_name("messaging.py")
ENVIRON = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}


def started(folder: Path, url: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(SCRIPT), str(folder), url]
    return subprocess.Popen(command, cwd=ROOT, env=ENVIRON, stdout=subprocess.PIPE, text=True)


def until(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("It did not come to that within 30 s.")


def waits(journal: Journal) -> bool:
    """Whether the only run has told that it waits."""
    try:
        run_id = str(journal.catalog.runs(limit=1)[0]["run_id"])
        return any(isinstance(event.fact, StepWaiting) for event in journal.events(run_id))
    except (IndexError, LoopiError):
        return False


def test_a_message_that_was_refused_is_sent_once_and_nobody_is_asked(tmp_path: Path) -> None:
    with XServer() as x:
        x.state.add_user("friend")
        refusal = problems.too_many(int(time.time()) + 300)
        x.hold_next().set()
        x.fail_next(*refusal)
        sending = started(tmp_path, x.url)
        journal = Journal(tmp_path / "runs.db")
        until(lambda: waits(journal))
        sending.kill()
        sending.communicate()
        assert x.state.messages == []
        said, _ = started(tmp_path, x.url).communicate(timeout=60)
        assert said.strip() == "('succeeded', None)"
        assert len(x.state.messages) == 1
