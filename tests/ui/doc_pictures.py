"""Writes docs/pictures/: what README.md and the tour show, from the program itself with the weather example.

    python tests/ui/doc_pictures.py

Nothing is sent: the run is told as a journal keeps it. No picture shows a place of this machine.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

# In the place of this folder: this file is started as a script.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from engine import events  # noqa: E402 - found by the line above
from engine.events import Event, Fact  # noqa: E402 - as above
from engine.model import Json  # noqa: E402 - as above
from engine.secrets import BULLETS  # noqa: E402 - as above
from servers.command_line import ROOT  # noqa: E402 - as above
from ui import editor_moves, moves  # noqa: E402 - as above
from ui.program import Program  # noqa: E402 - as above
from ui.screens import CREDENTIALS, EDITOR, lived_in  # noqa: E402 - as above
from ui.visitor import Size, Theme, Visitor, find_chromium, start_browser  # noqa: E402 - as above

OUT = ROOT / "docs" / "pictures"
WIDE: Size = (1200, 720)
RUN = "e" * 32
LIMIT_BYTES = 200_000

URL = f"https://api.openweathermap.org/data/2.5/weather?q=London&units=metric&appid={BULLETS}"
ANSWER: dict[str, Json] = {
    "weather": [{"main": "Clear", "description": "clear sky"}],
    "main": {"temp": 4.1, "feels_like": 1.8, "humidity": 81},
    "name": "London",
}
HEADERS: dict[str, Json] = {"content-type": "application/json; charset=utf-8"}
OUTPUT: dict[str, Json] = {"data": ANSWER, "status": 200, "headers": HEADERS, "url": URL}
REPORT = "Take a coat: 4.1 °C in London."
# the time since the start, the step's path, what happened
WEATHER: tuple[tuple[float, str, Fact], ...] = (
    (0.01, "0", events.StepStarted("weather", "apiCall", "Ask OpenWeather")),
    (0.02, "0", events.RequestSent("GET", URL)),
    (0.21, "0", events.ResponseReceived(200, URL, HEADERS, 512, 0.187)),
    (0.22, "0", events.StepFinished("weather", "succeeded", OUTPUT, "weatherData")),
    (0.22, "1", events.StepStarted("cold", "if", "Is it cold?")),
    (0.22, "1", events.BranchTaken("then")),
    (0.22, "1/then/0", events.StepStarted("sayCold", "setVariable")),
    (0.23, "1/then/0", events.VariableSet("report", REPORT)),
    (0.23, "1/then/0", events.StepFinished("sayCold", "succeeded", {"data": REPORT})),
    (0.23, "1", events.StepFinished("cold", "succeeded", {})),
    (0.24, "", events.RunFinished("succeeded")),
)

# name → the view, what is done there, the theme
PICTURES: dict[str, tuple[str, moves.Move, Theme]] = {
    "editor": (EDITOR, editor_moves.edited, "light"),
    "editor-dark": (EDITOR, editor_moves.edited, "dark"),
    "run": (f"history/{RUN}", moves.look, "light"),
    "run-dark": (f"history/{RUN}", moves.look, "dark"),
    "credentials": (CREDENTIALS, moves.see_rows, "light"),
    "history": ("history", moves.listed, "light"),
}


def tell_weather(program: Program, automation_id: str) -> None:
    """Keep a run of the example, which ended a minute ago."""
    of = program.app.parse(program.app.automations.get(automation_id))
    began_at = time.time() - 60
    started = events.RunStarted(of.id, of.name, of.content_hash, of.variables)
    for seq, (after, path, fact) in enumerate(((0.0, "", started), *WEATHER)):
        event = Event(RUN, seq, began_at + after, path, fact)
        program.app.journal.write(event, json.dumps(event.to_json()))


def take(page: Page, name: str) -> None:
    file = OUT / f"{name}.png"
    page.screenshot(path=file)
    assert file.stat().st_size <= LIMIT_BYTES, f"{file.name} is too large"


def main() -> int:
    executable = find_chromium()
    if executable is None:
        print("There is no Chromium here. Debian and Ubuntu: sudo apt-get install chromium")
        return 1
    OUT.mkdir(exist_ok=True)
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
        lived_in(Path(folder, "home")) as program,
    ):
        tell_weather(program, program.add_example("morning-weather.json"))
        visitor = Visitor.arrive(start_browser(playwright, executable), program)
        for name, (view, move, theme) in PICTURES.items():
            page = visitor.open(view, theme=theme, size=WIDE)
            move(page)
            take(page, name)
            page.close()
        visitor.leave()
    return 0


if __name__ == "__main__":
    sys.exit(main())
