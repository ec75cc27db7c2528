import errno
import os
import stat
from pathlib import Path

import pytest

from engine.errors import LoopiError
from engine.ports import Settings
from engine.steps.api_download import Download
from engine.steps.api_file import local_path, refuse_taken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def settings(folder: Path) -> Settings:
    return Settings(files_folder=str(folder))


def download(path: Path, *, may_overwrite: bool = False) -> Download:
    return Download(path, path.name, may_overwrite=may_overwrite, wants=lambda status: status == 200)


def save(path: Path, name: str, content: bytes, *, may_overwrite: bool) -> None:
    with Download(path, name, may_overwrite=may_overwrite, wants=lambda _status: True) as file:
        file.restart()
        file.write(content)
        file.keep()


def test_what_is_saved_is_for_the_user_alone(settings: Settings, folder: Path) -> None:
    save(local_path(settings, "new/a"), "new/a", b"abc", may_overwrite=False)
    assert (folder / "new/a").read_bytes() == b"abc"
    assert stat.S_IMODE((folder / "new/a").stat().st_mode) == 0o600
    assert [each.name for each in (folder / "new").iterdir()] == ["a"]


def test_every_folder_that_is_made_is_for_the_user_alone(settings: Settings, folder: Path) -> None:
    before = os.umask(0)
    try:
        save(local_path(settings, "a/b/c"), "a/b/c", b"abc", may_overwrite=False)
    finally:
        os.umask(before)
    assert [stat.S_IMODE((folder / name).stat().st_mode) for name in ("a", "a/b")] == [0o700, 0o700]


def test_a_name_that_is_taken_is_left_alone_unless_told_otherwise(settings: Settings, folder: Path) -> None:
    (folder / "a").write_bytes(b"old")
    path = local_path(settings, "a")
    with pytest.raises(LoopiError) as noticed:
        refuse_taken(path, "a")
    with pytest.raises(LoopiError) as caught:
        save(path, "a", b"new", may_overwrite=False)
    assert noticed.value.code == caught.value.code == "file.exists"
    assert path.read_bytes() == b"old"
    save(path, "a", b"new", may_overwrite=True)
    assert path.read_bytes() == b"new"


def test_what_cannot_be_written_leaves_nothing(settings: Settings, folder: Path) -> None:
    (folder / "file").write_bytes(b"x")
    with pytest.raises(LoopiError) as caught:
        save(folder / "file" / "a", "file/a", b"new", may_overwrite=False)
    assert caught.value.code in {"file.unwritable", "file.exists"}
    assert [each.name for each in folder.iterdir()] == ["file"]


def test_a_file_grows_under_another_name_for_the_user_alone(folder: Path) -> None:
    with download(folder / "a") as file:
        file.write(b"one")
        (growing,) = folder.iterdir()
        assert growing.name.startswith(".")
        assert stat.S_IMODE(growing.stat().st_mode) == 0o600
    assert list(folder.iterdir()) == []


def test_a_new_start_forgets_what_was_written(folder: Path) -> None:
    with download(folder / "a") as file:
        for piece in (b"first", b"second"):
            file.restart()
            file.write(piece)
        file.keep()
    assert (folder / "a").read_bytes() == b"second"
    assert file.size_bytes == 6


def test_an_empty_answer_is_an_empty_file(folder: Path) -> None:
    with download(folder / "a") as file:
        file.keep()
    assert (folder / "a").read_bytes() == b""


class Filling:
    """A file on a disk that is full after three MiB."""

    def __init__(self, handle: int, _mode: str) -> None:
        self.handle = handle
        self.left = 3 * 1024**2

    def write(self, piece: bytes) -> int:
        self.left -= len(piece)
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(self.handle, piece)

    def close(self) -> None:
        os.close(self.handle)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_told_with_the_file_the_folder_and_how_far_it_came(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fdopen", Filling)
    with download(folder / "a") as file:
        file.write(bytes(3 * 1024**2))
        with pytest.raises(LoopiError) as caught:
            file.write(b"x")
    assert caught.value.code == "file.unwritable"
    assert caught.value.message.startswith("a could not be written after 3.0 MiB: no space left")
    assert str(folder) in caught.value.hint
    assert list(folder.iterdir()) == []
