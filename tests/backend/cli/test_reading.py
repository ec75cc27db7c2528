"""What a reference on the command line means."""

from pathlib import Path

import pytest

from backend.cli.output import Output
from backend.cli.reading import is_file, read_file
from backend.cli.session import Session
from backend.store.errors import StoreError


@pytest.mark.parametrize("reference", ["-", "a.json", "./a", "folder/a", "no/such/file"])
def test_what_looks_like_a_path_is_a_file(reference: str) -> None:
    assert is_file(reference)


def test_anything_else_is_a_name_unless_a_file_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert not is_file("Morning weather")
    (tmp_path / "Morning weather").write_text("{}")
    assert is_file("Morning weather")
    assert read_file(Session(Output()), "Morning weather") == {}


def test_a_file_that_holds_no_object_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("3")
    with pytest.raises(StoreError, match="holds no JSON object"):
        read_file(Session(Output()), str(tmp_path / "a.json"))
