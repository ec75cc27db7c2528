import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.vault import disk


def test_a_file_written_beside_is_private_and_whole(tmp_path: Path) -> None:
    path = disk.write_beside(tmp_path / "a", b"x" * 100_000)
    assert path.name.startswith("a.tmp.")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == b"x" * 100_000


def test_a_file_written_beside_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o777)
    try:
        path = disk.write_beside(tmp_path / "a", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_files_written_in_a_row_have_different_times(tiny_disk: Callable[[str], Path]) -> None:
    # In memory, where nothing slows two saves down to the tick of the kernel's own times.
    place = tiny_disk("size=1m")
    times = {disk.write_beside(place / "a", b"same size").stat().st_mtime_ns for _ in range(50)}
    assert len(times) == 50


def test_no_file_has_no_stamp(tmp_path: Path) -> None:
    assert disk.stamp(tmp_path / "a") is None


def test_reading_stops_one_byte_after_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    content, seen = disk.read_file(tmp_path / "a", limit_bytes=10)
    assert (len(content), seen) == (11, disk.stamp(tmp_path / "a"))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_in_the_place_of_a_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(OSError, match="ordinary"):
        disk.read_file(tmp_path / "a", limit_bytes=10)


def test_a_copy_over_shares_the_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    disk.copy_over(source, target, limit_bytes=10)
    disk.copy_over(source, target, limit_bytes=10)
    assert target.samefile(source)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_only_stale_temporary_files_of_this_target_are_dropped(tmp_path: Path) -> None:
    for name in ("a", "a.tmp.1-ff", "a.tmp.old", "a.bak", "b.tmp.1", "atmp.1"):
        (tmp_path / name).touch()
    (tmp_path / "a.tmp.folder").mkdir()
    disk.drop_stale(tmp_path / "a")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a",
        "a.bak",
        "a.tmp.folder",
        "atmp.1",
        "b.tmp.1",
    ]
