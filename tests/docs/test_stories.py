"""The stories that the pages tell are lived through, on a real terminal, against servers on this machine."""

import json
import os
import re
import select
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pages import page, sessions
from servers.command_line import API_KEY, ROOT, Cli
from servers.openweather import OpenWeatherServer
from servers.x_api import Account, XServer

OPEN_WEATHER = "https://api.openweathermap.org"
# A question that nobody answers ends here, and what was shown is compared.
LIMIT_S = 15.0

needs_terminal = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@pytest.fixture
def weather() -> Iterator[OpenWeatherServer]:
    with OpenWeatherServer(api_key=API_KEY, temperatures={"London": 301.25, "Zürich": 278.15}) as server:
        yield server


def loopi(cli: Cli, folder: Path) -> dict[str, str]:
    """An environment in which `loopi` is the command."""
    command = folder / "bin" / "loopi"
    command.parent.mkdir()
    python, *options = cli.command()
    command.write_text(f'#!/bin/sh\nexec "{python}" {" ".join(options)} "$@"\n')
    command.chmod(0o700)
    environ = cli.environ({"PYTHONPATH": str(ROOT), "TERM": "dumb", "COLUMNS": "200"})
    return {**environ, "PATH": f"{command.parent}:{environ['PATH']}"}


def on_terminal(typed: str, environ: dict[str, str], answers: dict[str, str]) -> str:
    """What a terminal shows when this is typed; `answers` are given to the questions that they follow."""
    import pty

    terminal, other = pty.openpty()
    process = subprocess.Popen(
        ["/bin/sh", "-c", typed],
        stdin=other,
        stdout=other,
        stderr=other,
        start_new_session=True,
        env=environ,
        cwd=ROOT,
    )
    os.close(other)
    screen, waiting = b"", dict(answers)
    try:
        while select.select([terminal], [], [], LIMIT_S)[0] and (chunk := _read(terminal)):
            screen += chunk
            for question in [each for each in waiting if screen.endswith(each.encode())]:
                os.write(terminal, f"{waiting.pop(question)}\n".encode())
    finally:
        os.close(terminal)
        process.kill()
        process.wait()
    return screen.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux: the other end was closed
        return b""


def seen(text: str) -> str:
    """Without the spaces at the ends of lines, which nobody sees."""
    return re.sub(r" +$", "", text, flags=re.MULTILINE).rstrip("\n")


@needs_terminal
def test_getting_started_shows_what_happens(tmp_path: Path, weather: OpenWeatherServer) -> None:
    cli = Cli(tmp_path / "home")
    environ = loopi(cli, tmp_path)
    story = sessions(page("docs/getting-started.md"))
    assert len(story) >= 8
    for typed, expected in story:
        answers = {
            "API Key: ": API_KEY,
            "API URL (optional): ": f"{weather.url}/data/2.5/",
        }
        shown = on_terminal(typed, environ, answers)
        assert API_KEY not in shown
        pattern = ".*".join(re.escape(part) for part in expected.split("…"))
        told = seen(shown.replace(weather.url, OPEN_WEATHER))
        assert re.fullmatch(pattern, told, re.DOTALL), f"$ {typed}\n{told}"


def test_the_example_of_the_readme_runs(tmp_path: Path, weather: OpenWeatherServer) -> None:
    cli = Cli(tmp_path / "home")
    file = tmp_path / "morning-weather.json"
    file.write_text(page("README.md").blocks("json")[0])
    with XServer() as x:
        cli.add("OpenWeather", {"apiKey": API_KEY, "apiUrl": f"{weather.url}/data/2.5/"})
        cli.add("My X account", Account().fields, type_id="twitter")
        done = cli("run", str(file), "--json", environ={"LOOPI_X_BASE_URL": x.url})
        assert done.code == 0, done
        assert [tweet.text for tweet in x.state.tweets.values()] == ["Hot in London"]
    assert json.loads(done.out.splitlines()[-1])["outcome"] == "succeeded"
