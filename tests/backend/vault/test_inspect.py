from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from backend.vault.errors import VaultError
from backend.vault.inspect import inspect_file
from backend.vault.keys import KeySource


def test_a_second_writers_file_is_told_about(writer: ModuleType, keys: KeySource, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(writer.vault())
    slots = [{"type": "keyfile", "kid": "0123456789abcdef", "iter": 100_000}]
    told = {"ok": True, "schema": 1, "generation": 7, "credentials": 2, "slots": slots}
    assert inspect_file(tmp_path / "theirs", keys) == told


def test_looking_into_a_file_changes_nothing(writer: ModuleType, keys: KeySource, tmp_path: Path) -> None:
    path = tmp_path / "theirs"
    path.write_bytes(writer.vault())
    path.chmod(0o644)
    before = path.stat()
    inspect_file(path, keys)
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]
    assert (path.stat().st_mode, path.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


def test_a_file_that_is_not_there_is_missing(keys: KeySource, tmp_path: Path) -> None:
    with pytest.raises(VaultError) as refused:
        inspect_file(tmp_path / "theirs", keys)
    assert refused.value.code == "vault.missing"


def test_a_damaged_file_is_called_so_before_any_secret_is_looked_for(
    writer: ModuleType, tmp_path: Path, code_of: Callable[[Callable[[], object]], str]
) -> None:
    (tmp_path / "theirs").write_bytes(writer.vault()[:-1])
    keys = KeySource(tmp_path, environ={"LOOPI_VAULT_KEY": "not a key"})
    assert code_of(lambda: inspect_file(tmp_path / "theirs", keys)) == "vault.truncated"


def test_a_file_of_another_kind_is_not_taken_for_the_users_vault(keys: KeySource, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"a shopping list" * 20)
    with pytest.raises(VaultError) as refused:
        inspect_file(tmp_path / "theirs", keys)
    assert (refused.value.message, refused.value.hint) == (
        "This file is not a Loopi vault.",
        "Check the path.",
    )


def test_what_to_do_about_a_broken_file_depends_on_whose_it_is(
    writer: ModuleType, keys: KeySource, tmp_path: Path
) -> None:
    (tmp_path / "theirs").write_bytes(writer.vault()[:-1])
    with pytest.raises(VaultError) as refused:
        inspect_file(tmp_path / "theirs", keys)
    assert refused.value.hint.startswith("If it is your vault, `loopi vault restore`")
    assert "start-anew" not in refused.value.hint
