"""The folder of the Electron app."""

from pathlib import Path

import pytest

from backend.importers.imported import ImportFailed
from backend.importers.loopi_folder import files_in


def test_the_vault_comes_first_then_the_automations(tmp_path: Path) -> None:
    (tmp_path / ".trees").mkdir()
    for name in (
        "credentials.json",
        ".trees/tree_2.json",
        ".trees/tree_1.json",
        ".trees/notes.json",
        "other.json",
    ):
        (tmp_path / name).write_text("{}")
    found = [str(each.relative_to(tmp_path)) for each in files_in(tmp_path)]
    assert found == ["credentials.json", ".trees/tree_1.json", ".trees/tree_2.json"]


def test_a_folder_without_any_of_them_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed) as refused:
        files_in(tmp_path)
    assert refused.value.code == "import.no_loopi"
