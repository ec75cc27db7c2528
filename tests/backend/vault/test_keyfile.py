import os
import stat
import sys
from pathlib import Path

import pytest

from backend.vault import keyfile
from backend.vault.errors import VaultError

KEY = bytes(range(32))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the modes are those of POSIX")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    keyfile.create_key_file(tmp_path / "new" / "vault.key", KEY)
    return tmp_path / "new" / "vault.key"


def refusal(path: Path) -> str:
    with pytest.raises(VaultError) as refused:
        keyfile.read_key_file(path)
    return refused.value.code


def test_a_new_key_file_is_private_and_read_back(made: Path) -> None:
    found = keyfile.read_key_file(made)
    assert found is not None
    assert (found.value, found.source) == (KEY, "vault.key")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert [path.name for path in made.parent.iterdir()] == ["vault.key"]


def test_no_key_file_is_no_key(tmp_path: Path) -> None:
    assert keyfile.read_key_file(tmp_path / "vault.key") is None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o660, 0o777])
def test_a_key_file_that_others_can_reach_is_refused(mode: int, made: Path) -> None:
    made.chmod(mode)
    assert refusal(made) == "vault.key_file_unsafe"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_file_of_somebody_else_is_refused(made: Path) -> None:
    os.chown(made, 65534, 65534)
    assert refusal(made) == "vault.key_file_unsafe"


def test_a_link_to_a_key_file_is_refused(made: Path, tmp_path: Path) -> None:
    (tmp_path / "vault.key").symlink_to(made)
    assert refusal(tmp_path / "vault.key") == "vault.key_file_unsafe"


def test_a_folder_in_the_place_of_the_key_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vault.key").mkdir(mode=0o700)
    assert refusal(tmp_path / "vault.key") == "vault.key_file_unsafe"


def test_a_key_file_without_a_key_is_refused(made: Path) -> None:
    made.write_bytes(b"")
    assert refusal(made) == "vault.wrong_key"


def test_a_key_file_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(VaultError) as refused:
        keyfile.create_key_file(tmp_path / "file" / "vault.key", KEY)
    assert refused.value.code == "vault.not_saved"


def test_what_an_interrupted_writer_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "vault.key.tmp.1-ff").write_bytes(b"half")
    keyfile.create_key_file(tmp_path / "vault.key", KEY)
    assert [path.name for path in tmp_path.iterdir()] == ["vault.key"]


def test_a_file_that_is_named_may_be_readable_by_others(made: Path) -> None:
    made.chmod(0o644)
    assert keyfile.read_named_file(made, "LOOPI_VAULT_KEY_FILE").endswith(b"=\n")


@pytest.mark.parametrize("name", ["missing", ".", "a\0b"])
def test_a_named_file_that_cannot_be_read_is_named_by_its_variable(name: str, tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="LOOPI_VAULT_KEY_FILE") as refused:
        keyfile.read_named_file(tmp_path / name, "LOOPI_VAULT_KEY_FILE")
    assert refused.value.code == "vault.key_file_unreadable"
