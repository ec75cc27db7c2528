"""What a door may ask of the vault."""

from pathlib import Path

import pytest

from backend.adapters.vault import SHOWN, inspect
from backend.vault.errors import VaultError
from engine.errors import LoopiError


def test_both_families_of_errors_are_shown_and_have_one_shape() -> None:
    assert set(SHOWN) == {LoopiError, VaultError}
    shapes = [LoopiError("a.b", "It broke.").to_json().keys(), VaultError("vault.locked").to_json().keys()]
    assert shapes[0] == shapes[1]


def test_a_file_that_is_not_there_is_the_vaults_own_error(tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        inspect(tmp_path / "missing", tmp_path, environ={})
    assert caught.value.code == "vault.missing"
    assert list(tmp_path.iterdir()) == []
