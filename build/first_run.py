"""`make demo`: the first example, from a saved credential to a finished run.

It starts a stand-in for OpenWeather on loopback, saves a key in an encrypted vault under `out/first-run/`,
runs the example through the command line as a user would, and looks for the key in everything that was
written and printed.
"""

import json
import os
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "out" / "first-run"
EXAMPLE = "examples/morning-weather.json"
sys.path.insert(0, str(ROOT / "tests"))

from servers.openweather import OpenWeatherServer  # noqa: E402  # it lies beside the tests


def main() -> int:
    """Tell the story and return the exit code of the run, or 1 when the key was found somewhere."""
    shutil.rmtree(HOME, ignore_errors=True)
    api_key = secrets.token_hex(16)
    environ = {**os.environ, "LOOPI_HOME": str(HOME), "LOOPI_VAULT_KEY": secrets.token_hex(32)}
    with OpenWeatherServer(api_key=api_key) as server:
        say(f"A stand-in for OpenWeather listens on {server.url}: nothing leaves this machine.")
        fields = {"apiKey": api_key, "apiUrl": f"{server.url}/data/2.5/"}
        say("Save a credential. Its fields are read from standard input, so no secret is in the command:")
        saved, printed = loopi(
            ["credentials", "add", "--type", "apiKey", "--name", "OpenWeather", "--stdin"], environ, fields
        )
        if saved:
            return saved
        say("Run the example, which refers to it by name:")
        code, shown = loopi(["run", EXAMPLE], environ)
    return code or search(api_key, printed + shown)


def say(text: str) -> None:
    """One paragraph of the story."""
    print(f"\n{text}", flush=True)


def loopi(
    arguments: list[str], environ: Mapping[str, str], fields: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run the command line, showing the command and what it prints: `(exit code, output)`."""
    print(f"\n  $ loopi {shlex.join(arguments)}", flush=True)
    command = [sys.executable, "-m", "backend.cli", *arguments]
    given = json.dumps(fields) if fields else ""
    done = subprocess.run(
        command,
        env=environ,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=ROOT,
    )
    for line in done.stdout.splitlines():
        print(f"  {line}", flush=True)
    return done.returncode, done.stdout


def search(api_key: str, printed: str) -> int:
    """Look for the key in all that was printed and in every file: 0 when it is nowhere."""
    files = [file for file in HOME.rglob("*") if file.is_file()]
    holding = [file.name for file in files if api_key.encode() in file.read_bytes()]
    if holding or api_key in printed:
        places = ", ".join(holding) or "what was printed"
        say(f"The key was found in {places}. This must not be: please report it.")
        return 1
    say(f"The key was looked for in all that was printed and in the {len(files)} files written: 0 found.")
    say("Next: make run, for the window, or loopi --help (.venv/bin/loopi).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
