import contextlib
import json
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.vault.errors import VaultError
from backend.vault.file import NAME, VaultFile

RunScript = Callable[..., str]


@pytest.fixture
def file(tmp_path: Path) -> VaultFile:
    return VaultFile(tmp_path / "home", lock_timeout_s=0.1)


def save(file: VaultFile, data: bytes, *, is_revoking: bool = False) -> None:
    with file.locked():
        file.save(data, is_revoking=is_revoking)


def content(file: VaultFile) -> bytes | None:
    found = file.read()
    return found[0] if found else None


def backup(file: VaultFile) -> Path:
    return file.directory / f"{NAME}.bak"


def test_what_is_saved_is_read(file: VaultFile) -> None:
    save(file, b"one")
    assert content(file) == b"one"


def test_no_file_and_no_backup_is_a_first_use(file: VaultFile) -> None:
    assert file.read() is None
    assert not file.directory.exists()


def test_the_file_before_is_the_backup(file: VaultFile) -> None:
    for data in (b"one", b"two", b"three"):
        save(file, data)
    assert (content(file), file.read_backup()) == (b"three", b"two")


def test_a_first_save_has_no_backup(file: VaultFile) -> None:
    save(file, b"one")
    assert not file.has_backup()


def test_a_save_that_revokes_a_key_leaves_no_backup_that_the_key_opens(file: VaultFile) -> None:
    save(file, b"one")
    save(file, b"two", is_revoking=True)
    assert (content(file), file.read_backup()) == (b"two", b"two")
    assert not backup(file).samefile(file.path)


def test_a_missing_file_beside_a_backup_is_not_a_first_use(file: VaultFile) -> None:
    save(file, b"one")
    save(file, b"two")
    file.path.unlink()
    with pytest.raises(VaultError) as refused:
        file.read()
    assert refused.value.code == "vault.missing"


@pytest.mark.skipif(sys.platform == "win32", reason="the modes are those of POSIX")
def test_the_modes_are_put_right_by_every_save(file: VaultFile) -> None:
    save(file, b"one")
    file.path.chmod(0o666)
    file.directory.chmod(0o755)
    assert not file.is_private()
    save(file, b"two")
    assert [stat.S_IMODE(p.stat().st_mode) for p in (file.directory, file.path)] == [0o700, 0o600]
    assert file.is_private()


def test_stale_temporary_files_are_gone_after_a_save_and_nothing_else_is(file: VaultFile) -> None:
    save(file, b"one")
    for name in (
        f"{NAME}.tmp.999-abc",
        f"{NAME}.bak.tmp.999-abc",
        "notes.tmp.1",
        f"{NAME}.corrupt-20240101T000000Z",
    ):
        (file.directory / name).touch()
    save(file, b"two")
    left = {path.name for path in file.directory.iterdir()}
    assert f"{NAME}.tmp.999-abc" not in left
    assert {"notes.tmp.1", f"{NAME}.corrupt-20240101T000000Z", f"{NAME}.lock"} <= left


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_vault_behind_a_link_is_saved_behind_the_link(file: VaultFile, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    file.directory.mkdir()
    file.path.symlink_to(drive / "kept.enc")
    save(file, b"one")
    save(file, b"two")
    assert file.path.is_symlink()
    assert ((drive / "kept.enc").read_bytes(), (drive / "kept.enc.bak").read_bytes()) == (b"two", b"one")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_to_a_drive_that_is_not_here_is_not_a_first_use(file: VaultFile, tmp_path: Path) -> None:
    file.directory.mkdir()
    file.path.symlink_to(tmp_path / "unplugged" / NAME)
    with pytest.raises(VaultError) as refused:
        file.read()
    assert refused.value.code == "vault.missing"


def test_a_folder_in_the_place_of_the_file_is_unreadable(file: VaultFile) -> None:
    file.path.mkdir(parents=True)
    with pytest.raises(VaultError) as refused:
        file.read()
    assert refused.value.code == "vault.unreadable"


def test_who_finds_the_lock_taken_is_told_so(file: VaultFile) -> None:
    with file.locked(), pytest.raises(VaultError) as refused:
        save(VaultFile(file.directory, lock_timeout_s=0.05), b"two")
    assert (refused.value.code, refused.value.retryable) == ("vault.busy", True)


def test_the_lock_file_is_never_deleted(file: VaultFile) -> None:
    save(file, b"one")
    inode = (file.directory / f"{NAME}.lock").stat().st_ino
    save(file, b"two")
    assert (file.directory / f"{NAME}.lock").stat().st_ino == inode


def test_a_restored_backup_takes_the_place_of_the_file_which_is_set_aside(file: VaultFile) -> None:
    save(file, b"one")
    save(file, b"two")
    with file.locked():
        file.restore(file.read_backup())
    (aside,) = file.directory.glob("*.corrupt-*")
    assert re.fullmatch(re.escape(NAME) + r"\.corrupt-\d{8}T\d{6}Z", aside.name)
    assert (content(file), aside.read_bytes(), file.read_backup()) == (b"one", b"two", b"one")
    assert file.has_set_aside()
    assert list(file.directory.glob("*.tmp.*")) == []


def test_nothing_that_was_set_aside_is_overwritten(file: VaultFile) -> None:
    for data in (b"one", b"two", b"three"):
        save(file, data)
        with file.locked():
            file.set_aside()
    assert sorted(path.read_bytes() for path in file.directory.glob("*.corrupt-*")) == [
        b"one",
        b"three",
        b"two",
    ]
    assert file.read() is None


def test_without_a_backup_there_is_nothing_to_restore(file: VaultFile) -> None:
    save(file, b"one")
    with pytest.raises(VaultError) as refused:
        file.read_backup()
    assert refused.value.code == "vault.no_backup"


def test_a_full_disk_leaves_the_file_as_it_was(tiny_disk: Callable[[str], Path]) -> None:
    file = VaultFile(tiny_disk("size=128k"))
    save(file, b"one")
    with pytest.raises(VaultError, match="full") as refused:
        save(file, b"x" * 200_000)
    assert refused.value.code == "vault.not_saved"
    assert content(file) == b"one"
    assert list(file.directory.glob("*.tmp.*")) == []


def fill_inodes(directory: Path) -> None:
    with contextlib.suppress(OSError):
        for number in range(12):
            (directory / str(number)).touch()


def test_a_disk_without_inodes_leaves_the_file_as_it_was(tiny_disk: Callable[[str], Path]) -> None:
    file = VaultFile(tiny_disk("size=1m,nr_inodes=12"))
    save(file, b"one")
    fill_inodes(file.directory)
    with pytest.raises(VaultError, match="full"):
        save(file, b"two")
    assert content(file) == b"one"


def test_a_read_only_folder_leaves_the_file_as_it_was(tiny_disk: Callable[[str], Path]) -> None:
    file = VaultFile(tiny_disk("size=1m"))
    save(file, b"one")
    subprocess.run(["mount", "-o", "remount,ro", str(file.directory)], check=True, timeout=20)
    with pytest.raises(VaultError, match="read-only") as refused:
        save(file, b"two")
    assert refused.value.code == "vault.not_saved"
    assert content(file) == b"one"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_save_cut_off_after_any_number_of_bytes_changes_nothing(
    run_script: RunScript, tmp_path: Path
) -> None:
    seen = json.loads(run_script("limit_writes.py", str(tmp_path)))
    assert seen.pop("tried") > 400
    assert seen == {"codes": ["vault.not_saved"], "changed": 0, "left_over": 0, "opened": ["first"]}
