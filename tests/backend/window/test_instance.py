import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from backend.window.instance import First, be_first
from engine.errors import LoopiError
from servers.command_line import ROOT

HOLD = """
import sys
from pathlib import Path
from backend.window.instance import be_first
first = be_first(Path(sys.argv[1]))
if len(sys.argv) > 2:
    first.listen(lambda: None)
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Another process that is first. It ends when its standard input does."""
    command = [sys.executable, "-c", HOLD, str(folder), *arguments]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def first_in(folder: Path) -> First:
    first = be_first(folder, patience_s=5)
    assert first is not None
    return first


def address_of(folder: Path) -> dict[str, object]:
    document: dict[str, object] = json.loads((folder / "instance.address").read_text())
    return document


def ask(port: object, line: bytes) -> bytes:
    assert isinstance(port, int)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as caller:
        caller.sendall(line)
        return caller.recv(100)


def test_the_second_lets_the_first_show_itself(tmp_path: Path) -> None:
    shown = threading.Event()
    first = first_in(tmp_path)
    first.listen(shown.set)
    assert be_first(tmp_path, patience_s=5) is None
    assert shown.is_set()
    first.release()


def test_when_the_first_is_gone_the_next_is_first(tmp_path: Path) -> None:
    first = first_in(tmp_path)
    first.listen(lambda: None)
    first.release()
    first_in(tmp_path).release()
    assert not (tmp_path / "instance.address").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
def test_a_first_that_was_killed_is_no_hindrance(tmp_path: Path) -> None:
    process = holder(tmp_path, "listens")
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    process.communicate()
    assert (tmp_path / "instance.address").exists()
    first_in(tmp_path).release()


def test_a_second_start_waits_for_a_first_that_is_starting(tmp_path: Path) -> None:
    first = first_in(tmp_path)
    told: list[First | None] = []
    second = threading.Thread(target=lambda: told.append(be_first(tmp_path, patience_s=20)))
    second.start()
    first.listen(lambda: None)
    second.join(20)
    assert told == [None]
    first.release()


def test_a_first_that_never_answers_is_told(tmp_path: Path) -> None:
    process = holder(tmp_path)
    with pytest.raises(LoopiError) as caught:
        be_first(tmp_path, patience_s=0.3)
    assert caught.value.code == "window.no_answer"
    process.communicate("")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_how_it_is_reached_is_for_this_user_only(tmp_path: Path) -> None:
    first = first_in(tmp_path)
    first.listen(lambda: None)
    assert (tmp_path / "instance.address").stat().st_mode & 0o777 == 0o600
    first.release()


def test_who_does_not_know_the_word_is_not_listened_to(tmp_path: Path) -> None:
    shown: list[bool] = []
    first = first_in(tmp_path)
    first.listen(lambda: shown.append(True))
    port = address_of(tmp_path)["port"]
    for line in (b"\n", b"let me in\n", b"x" * 200, b"\xff\n"):
        assert ask(port, line) == b""
    assert shown == []
    assert ask(port, str(address_of(tmp_path)["token"]).encode() + b"\n") == b"shown\n"
    assert shown == [True]
    first.release()


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"port": "x", "token": 1}', '{"port": 99999, "token": ""}']
)
def test_a_damaged_address_leads_nowhere(tmp_path: Path, content: str) -> None:
    process = holder(tmp_path)
    (tmp_path / "instance.address").write_text(content)
    with pytest.raises(LoopiError):
        be_first(tmp_path, patience_s=0.3)
    process.communicate("")
