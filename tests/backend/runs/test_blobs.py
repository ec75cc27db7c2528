from pathlib import Path

import pytest

from backend.runs.blobs import Blobs, blob_in, name_of, stand_in
from engine.errors import LoopiError


def test_a_content_is_kept_once_and_comes_back(tmp_path: Path) -> None:
    blobs, content = Blobs(tmp_path / "blobs"), "half \ud800".encode("utf-8", "surrogatepass")
    for _ in range(2):
        blobs.write(name_of(content), content)
    assert blobs.read(name_of(content)) == "half \ud800"
    assert len(list((tmp_path / "blobs").iterdir())) == 1
    blobs.drop(name_of(content))
    assert list((tmp_path / "blobs").iterdir()) == []


def test_one_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(LoopiError) as caught:
        Blobs(tmp_path).read("gone")
    assert caught.value.code == "history.unusable"


def test_the_line_in_its_place_names_it() -> None:
    assert blob_in(stand_in("abc")) == "abc"
    assert blob_in('{"type":"RunStarted"}') is None
