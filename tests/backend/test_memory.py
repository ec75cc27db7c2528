"""What the system is asked for, as it answers in a process of its own."""

import subprocess
import sys

import pytest

_ASK = """
import ctypes, resource
from backend.memory import keep_private
keep_private()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0])
"""
_CRASH = "import os; from backend.memory import keep_private; keep_private(); os.abort()"

linux = pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")


@linux
def test_the_process_is_not_dumpable_and_has_no_room_for_a_core() -> None:
    done = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0"]


@linux
def test_a_crash_leaves_no_core(tmp_path: object) -> None:
    done = subprocess.run([sys.executable, "-c", _CRASH], capture_output=True, check=False, cwd=str(tmp_path))
    assert done.returncode < 0
    assert b"core dumped" not in done.stderr
