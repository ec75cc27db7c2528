"""docs/command-line.md and docs/x.md: their sessions are run as they stand there, tables are complete."""

import re
import subprocess
from pathlib import Path

import pytest

from backend.cli.exits import ExitCode
from servers.command_line import ROOT, Cli

PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
X_PAGE = (ROOT / "docs" / "x.md").read_text(encoding="utf-8")


def sessions(page: str) -> list[str]:
    return re.findall(r"^```console\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


SESSIONS = sessions(PAGE)


def steps(session: str) -> list[tuple[str, str]]:
    """Each command with the text it prints."""
    parts = re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        lines = part.splitlines()
        more = [line for line in lines[1:] if line.startswith("> ")]
        found.append(("\n".join([lines[0], *(line[2:] for line in more)]), "\n".join(lines[1 + len(more) :])))
    return found


@pytest.mark.parametrize("shown", [SESSIONS, sessions(X_PAGE)], ids=["command-line", "x"])
def test_what_the_page_shows_is_what_happens(cli: Cli, tmp_path: Path, shown: list[str]) -> None:
    command = tmp_path / "bin" / "loopi"
    command.parent.mkdir()
    python, *options = cli.command()
    command.write_text(f'#!/bin/sh\nexec "{python}" {" ".join(options)} "$@"\n')
    command.chmod(0o700)
    environ = cli.environ({"PYTHONPATH": str(ROOT)})
    environ["PATH"] = f"{command.parent}:{environ['PATH']}"
    for typed, expected in [step for session in shown for step in steps(session)]:
        done = subprocess.run(
            ["/bin/sh", "-c", f"exec 2>&1\n{typed}"],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        pattern = ".*".join(re.escape(part) for part in expected.split("…"))
        assert re.fullmatch(pattern, done.stdout.rstrip("\n"), re.DOTALL), f"$ {typed}\n{done.stdout}"
        cli.printed.append(done.stdout)


def test_the_page_has_sessions_and_every_exit_code() -> None:
    rows = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    assert len(SESSIONS) >= 8
    assert rows == set(ExitCode)
