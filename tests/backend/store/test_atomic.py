"""Replacing a file as a whole: real full disks, killed writers, links."""

import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from backend.store.atomic import create_file, write_file
from backend.store.errors import StoreError

WRITE_FOREVER = """
import sys
from pathlib import Path
from backend.store.atomic import write_file
path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in b"ab":
        write_file(path, bytes([letter]) * 200_000)
"""


def test_a_written_file_is_private_and_so_is_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.json"
    write_file(path, b"one")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_was_open_to_others_is_closed_by_the_next_write(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_file(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_symbolic_link_stays_and_what_it_names_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_file(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.skipif(os.name != "posix", reason="needs RLIMIT_FSIZE")
@pytest.mark.parametrize("room", [0, 1, 4096, 199_999])
def test_a_disk_that_is_full_leaves_the_old_file_and_no_litter(tmp_path: Path, room: int) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(StoreError) as caught:
            write_file(path, b"x" * 200_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert caught.value.code == "store.unwritable"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_writer_that_is_killed_leaves_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", WRITE_FOREVER, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        with writer, writer.stdout as ready:
            assert ready.readline() == b"ready\n"
            while not path.exists():
                os.sched_yield()
            writer.kill()
        content = path.read_bytes()
        assert content in {b"a" * 200_000, b"b" * 200_000}


def test_what_a_killed_writer_left_long_ago_goes_and_a_fresh_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    old, fresh, other = (tmp_path / name for name in (".file.json.1.tmp", ".file.json.2.tmp", ".else.tmp"))
    for each in (old, fresh, other):
        each.write_bytes(b"half")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    write_file(path, b"new")
    assert not old.exists()
    assert fresh.exists()
    assert other.exists()


def test_a_folder_that_is_a_file_is_an_error_for_a_person(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="could not be written") as caught:
        write_file(tmp_path / "file" / "inner.json", b"new")
    assert caught.value.hint


def test_a_new_file_takes_no_place_that_is_taken_and_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    for name in ("link", "file"):
        with pytest.raises(FileExistsError):
            create_file(tmp_path / name, b"x")
    assert not (tmp_path / "nowhere").exists()


def test_a_new_file_is_for_its_user(tmp_path: Path) -> None:
    create_file(tmp_path / "new", b"content")
    assert (tmp_path / "new").read_bytes() == b"content"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600
