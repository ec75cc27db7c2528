"""`loopi --selftest`, as it is started."""

import re
from pathlib import Path

import pytest

from backend import resources
from servers.command_line import Cli


def has_page() -> bool:
    try:
        return resources.web().is_dir()
    except LookupError:
        return False


@pytest.mark.skipif(not has_page(), reason="the page is not built: python build/ui.py")
def test_it_passes_here_and_leaves_nothing_behind(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    done = cli("--selftest", environ={"TMPDIR": str(folder), "TEMP": str(folder)})
    assert done.code == 0, done
    assert done.err == ""
    *checks, last = done.out.splitlines()
    outcomes = {name: outcome for outcome, name, *_ in (re.split(r"[ :]+", line) for line in checks)}
    assert outcomes.pop("window") in {"ok", "absent"}
    assert outcomes == dict.fromkeys(("files", "libraries", "vault", "door", "run"), "ok")
    assert last == "No check failed."
    assert list(folder.iterdir()) == []
    assert not cli.home.exists()
