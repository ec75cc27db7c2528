"""The real command, watched: it may print no secret."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from servers.command_line import Cli


@pytest.fixture
def cli(tmp_path: Path) -> Iterator[Cli]:
    command = Cli(tmp_path / "home")
    yield command
    shown = "\n".join(command.printed)
    assert not [secret for secret in command.secrets if secret in shown]
