import os
from pathlib import Path

import pytest

from engine.errors import LoopiError
from engine.ports import Settings
from engine.steps.api_file import file_to_send, local_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "loopi" / "files"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def settings(folder: Path) -> Settings:
    return Settings(files_folder=str(folder), private_folder=str(folder.parent))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../vault.json",
        "a/../../vault.json",
        "a//b",
        "./a",
        ".ssh/id_rsa",
        "a/.hidden",
        "a\\b",
        "C:x",
        "a\nb",
        "a\u202eb",
        "a.",
        "a ",
        "NUL",
        "NUL .txt",
        "COM\u00b9",
        "conin$",
        "com1.txt",
        "x" * 201,
        "a/" * 10 + "b",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(settings: Settings, name: str) -> None:
    with pytest.raises(LoopiError) as caught:
        local_path(settings, name)
    assert caught.value.code == "file.bad_name"


def test_a_name_in_a_folder_is_fine(settings: Settings, folder: Path) -> None:
    assert local_path(settings, "reports/Mai 2026 (ü).pdf") == folder / "reports" / "Mai 2026 (ü).pdf"


def test_no_link_is_followed_whatever_it_leads_to(settings: Settings, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (folder / "real").write_text("x")
    (folder / "out").symlink_to(tmp_path / "secret")
    (folder / "in").symlink_to(folder / "real")
    (folder / "way").symlink_to(tmp_path)
    for name in ("out", "in", "way/secret"):
        with pytest.raises(LoopiError) as caught:
            local_path(settings, name)
        assert caught.value.code == "file.outside"


def test_loopi_s_own_files_stay_out_of_reach_where_the_folder_holds_them(folder: Path) -> None:
    wide = Settings(files_folder=str(folder.parent.parent), private_folder=str(folder.parent))
    for name in ("loopi/vault.json", "loopi/files/a"):
        with pytest.raises(LoopiError) as caught:
            local_path(wide, name)
        assert caught.value.code == "file.outside"


def test_without_a_folder_there_are_no_files() -> None:
    with pytest.raises(LoopiError) as caught:
        local_path(Settings(), "a")
    assert caught.value.code == "file.no_folder"


def test_a_file_is_read_in_pieces_and_is_as_long_as_it_said(settings: Settings, folder: Path) -> None:
    content = os.urandom(200_000)
    (folder / "a").write_bytes(content)
    found = file_to_send(settings, "a")
    assert (found.size_bytes, b"".join(found.pieces())) == (200_000, content)
    assert len(list(found.pieces())) > 1


@pytest.mark.parametrize("size", [1, 5])
def test_a_file_that_changed_is_not_sent_as_what_it_was(settings: Settings, folder: Path, size: int) -> None:
    (folder / "a").write_bytes(b"abc")
    found = file_to_send(settings, "a")
    (folder / "a").write_bytes(b"x" * size)
    with pytest.raises(LoopiError) as caught:
        list(found.pieces())
    assert caught.value.code == "file.changed"


def test_only_regular_files_are_sent_and_a_pipe_keeps_nobody_waiting(
    settings: Settings, folder: Path
) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    for name in ("pipe", "folder", "missing"):
        with pytest.raises(LoopiError) as caught:
            file_to_send(settings, name)
        assert caught.value.code == "file.unreadable"
