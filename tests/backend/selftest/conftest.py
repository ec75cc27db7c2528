"""A self-test's own home and service, and a page for the door."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend import resources
from backend.selftest.trial import Trial, a_trial


@pytest.fixture
def trial() -> Iterator[Trial]:
    with a_trial() as trial:
        yield trial


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built page, also where none is: these checks look at whatever page there is."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Loopi</title>")
    monkeypatch.setattr(resources, "web", lambda: tmp_path)
    return tmp_path
