"""The file in which an answer grows, and what killed processes leave of it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.steps.api_part import Part
from servers.command_line import ROOT, Cli
from servers.loopback import LoopbackServer, Reply, Seen

WRITE = """
import sys
from pathlib import Path
from engine.steps.api_part import Part
parts = [Part(Path(sys.argv[1])) for _ in range(int(sys.argv[2]))]
print("open", flush=True)
sys.stdin.read()
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def writer(target: Path, parts: int = 1) -> "subprocess.Popen[str]":
    """Another process that has begun to write there."""
    command = [sys.executable, "-c", WRITE, str(target), str(parts)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def killed(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def keep(target: Path, content: bytes) -> None:
    part = Part(target)
    part.file.write(content)
    part.take_place(may_overwrite=True)
    part.drop()


@pytest.mark.skipif(sys.platform == "win32", reason="what is open cannot be removed there")
def test_what_killed_processes_left_is_gone_when_somebody_writes_there_again(tmp_path: Path) -> None:
    killed(writer(tmp_path / "a", 3))
    assert len(names(tmp_path)) == 3
    keep(tmp_path / "a", b"new")
    assert names(tmp_path) == ["a"]


def test_what_a_living_process_writes_stays(tmp_path: Path) -> None:
    process = writer(tmp_path / "a", 2)
    (growing, other) = names(tmp_path)
    keep(tmp_path / "a", b"new")
    assert names(tmp_path) == sorted([growing, other, "a"])
    killed(process)


def test_nor_is_that_of_another_thread_taken(tmp_path: Path) -> None:
    first = Part(tmp_path / "a")
    second = Part(tmp_path / "a")
    assert len(names(tmp_path)) == 2
    first.drop()
    third = Part(tmp_path / "a")
    assert len(names(tmp_path)) == 2
    second.take_place(may_overwrite=False)
    second.drop()
    assert len(names(tmp_path)) == 2
    third.drop()
    assert names(tmp_path) == ["a"]


def test_what_belongs_to_another_place_stays(tmp_path: Path) -> None:
    killed(writer(tmp_path / "a"))
    before = names(tmp_path)
    keep(tmp_path / "b", b"new")
    assert names(tmp_path) == sorted([*before, "b"])


PLANTED: dict[str, Callable[[Path], object]] = {
    "link": lambda path: path.symlink_to(path.parent / "victim"),
    "hard link's folder": Path.mkdir,
    "pipe": os.mkfifo,
}


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")
@pytest.mark.parametrize("kind", PLANTED)
def test_what_somebody_put_there_is_neither_followed_nor_removed(kind: str, tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"precious")
    first = Part(tmp_path / "a")
    (own,) = (path for path in tmp_path.iterdir() if path.name != "victim")
    first.drop()
    PLANTED[kind](own)
    before = own.lstat()
    keep(tmp_path / "a", b"new")
    assert own.lstat().st_ino == before.st_ino
    assert (tmp_path / "victim").read_bytes() == b"precious"
    assert (tmp_path / "a").read_bytes() == b"new"
    assert len(names(tmp_path)) == 3


def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    name = "ü" * 120
    keep(tmp_path / name, b"new")
    assert names(tmp_path) == [name]


def test_a_disk_without_hard_links_is_written_to_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    part = Part(tmp_path / "a")
    part.take_place(may_overwrite=False)
    part.drop()
    later = Part(tmp_path / "a")
    with pytest.raises(FileExistsError):
        later.take_place(may_overwrite=False)
    later.drop()
    assert names(tmp_path) == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
@pytest.mark.parametrize("verb", ["run", "resume"])
def test_a_download_that_was_killed_leaves_nothing_after_the_next_one(tmp_path: Path, verb: str) -> None:
    begun = threading.Event()

    def answer(seen: Seen) -> Reply:
        if len(server.requests) > 1:
            return Reply(200, b"whole")
        return Reply(200, headers=(("Transfer-Encoding", "chunked"),), chunks=half())

    def half() -> Iterator[bytes | threading.Event]:
        yield b"x" * 300_000
        begun.set()
        yield server.gate()

    cli = Cli(tmp_path / "home")
    folder = cli.home / "files"
    with LoopbackServer(answer) as server:
        step = {"id": "d", "type": "apiCall", "url": f"{server.url}/f", "saveResponseTo": "reports/a.bin"}
        file = cli.file("download", step)
        process = subprocess.Popen(
            cli.command("run", file),
            env=cli.environ(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        assert begun.wait(30)
        while not (folder / "reports").is_dir() or not names(folder / "reports"):
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        (left,) = names(folder / "reports")
        assert left.startswith(".")
        killed_run = str(cli("history", "list", "--json").json[0]["runId"])
        assert cli(verb, *([killed_run] if verb == "resume" else []), file).code == 0
    assert names(folder / "reports") == ["a.bin"]
    assert (folder / "reports" / "a.bin").read_bytes() == b"whole"
