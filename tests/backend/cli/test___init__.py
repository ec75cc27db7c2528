"""The way in: quick answers, and nothing heavy before it is needed."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from backend import __version__

HEAVY = ("h11", "cryptography", "jsonschema", "jinja2", "tweepy", "rich", "keyring", "sqlite3")
REPORT = """
import sys
from backend.cli import main
try:
    main()
finally:
    print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded_by(tmp_path: Path, *arguments: str) -> tuple[str, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", REPORT, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={"LOOPI_HOME": str(tmp_path), "PATH": ""},
    )
    return done.stdout, set(done.stderr.split())


def test_the_version_is_told_without_loading_the_command_line(tmp_path: Path) -> None:
    told, loaded = loaded_by(tmp_path, "--version")
    assert told == f"loopi {__version__}\n"
    assert not loaded & {"typer", "engine", *HEAVY}
    assert list(tmp_path.iterdir()) == []


def test_the_version_takes_at_most_150_ms_of_cpu(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    loaded_by(tmp_path, "--version")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.150


@pytest.mark.parametrize("arguments", [("--help",), ("credentials", "add", "--help")])
def test_help_loads_nothing_heavy_and_make_no_folder(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    told, loaded = loaded_by(tmp_path, *arguments)
    assert told
    assert not loaded & set(HEAVY)
    assert list(tmp_path.iterdir()) == []
