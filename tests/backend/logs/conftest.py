"""A set-up of the logs that ends with its test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.logs import LOG_REDACTOR
from engine.redact import Redactor
from log_setup import SECRET, Setup


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[Setup]:
    made = Setup(tmp_path)
    with LOG_REDACTOR.holding(Redactor([SECRET])):
        yield made
    made.logs.close()
