"""What a command costs before it does anything, and with the least it can do, against Python alone."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.automation import credentials, many_steps
from bench.child import Sample, command, commands, server
from bench.home import Home, a_home
from bench.row import Row
from bench.scale import Scale

LOOPI = (sys.executable, "-m", "backend.cli")
# command → the most CPU it may take, in ms
BARS: Mapping[str, float | None] = {
    "loopi --version": 150,
    "loopi run, 1 step": 600,
    "loopi credentials list": None,
}
PYTHON = "python -c pass"


def rows(scale: Scale) -> list[Row]:
    """CPU of whole commands in ms."""
    with server("weather") as url, a_home(url) as home:
        save_credentials(home)
        file = Path(home.folder, "one.json")
        file.write_text(json.dumps(many_steps(1)), "utf-8")
        found = commands(
            {
                PYTHON: ([sys.executable, "-c", "pass"], {}),
                "loopi --version": ([*LOOPI, "--version"], home.environ),
                "loopi run, 1 step": ([*LOOPI, "run", str(file)], home.environ),
                "loopi credentials list": ([*LOOPI, "credentials", "list"], home.environ),
            },
            max(scale.rounds, 2),
        )
    return [_row(what, found) for what in BARS]


def save_credentials(home: Home) -> None:
    """Through the command line, as a user would."""
    for name, (kind, fields) in credentials(home.url).items():
        save = ["credentials", "add", "--type", kind, "--name", name, "--stdin"]
        command([*LOOPI, *save], home.environ, given=json.dumps(fields))


def _row(what: str, found: Mapping[str, Sample]) -> Row:
    return Row(
        f"{what}: CPU", "ms", found[what].cpu_s * 1000, found[PYTHON].cpu_s * 1000, PYTHON, bar=BARS[what]
    )
