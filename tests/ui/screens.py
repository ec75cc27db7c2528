"""Every screen of the page, by name, and how to come there. A new screen is one more line in `SCREENS`."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from playwright.sync_api import Page

from backend.store.credential_use import Use
from ui import editor_moves, import_screens, moves, sample_runs, schedule_screens
from ui.program import Program
from ui.visitor import LARGE, Size, Theme, Visitor

CREDENTIALS = "settings/credentials"
VAULT = "settings/vault"
SECRET = "not-a-secret-0123456789"

Screen: TypeAlias = tuple[str, moves.Move]

EDITOR = "automations/example-morning-weather"

# name → the view, and what is done there
SCREENS: Mapping[str, Screen] = {
    "automations": ("automations", moves.see_automations),
    "automation-delete": ("automations", moves.delete_automation),
    "credentials": (CREDENTIALS, moves.see_rows),
    "examples": ("automations", moves.examples),
    "automation-export": ("automations", moves.export),
    "editor": (EDITOR, editor_moves.edited),
    "editor-sheet": (EDITOR, editor_moves.sheet),
    "editor-elsewhere": (EDITOR, editor_moves.elsewhere),
    "editor-palette": (EDITOR, editor_moves.palette),
    "editor-completion": (EDITOR, editor_moves.completion),
    "editor-credentials": (EDITOR, editor_moves.credentials),
    "editor-manual": (EDITOR, editor_moves.manual),
    "editor-condition": (EDITOR, editor_moves.condition),
    "editor-options": (EDITOR, editor_moves.options),
    "editor-variables": (EDITOR, editor_moves.variables),
    "editor-run": (EDITOR, editor_moves.run),
    "editor-problems": (EDITOR, editor_moves.problems),
    "credential-types": (CREDENTIALS, moves.add),
    "credential-add": (CREDENTIALS, moves.add_for_x),
    "credential-problems": (CREDENTIALS, moves.refuse),
    "credential-edit": (CREDENTIALS, moves.edit),
    "credential-delete": (CREDENTIALS, moves.delete),
    "trash": (f"{CREDENTIALS}/trash", moves.stay),
    "passphrase-set": (VAULT, moves.ask_passphrase("Set a passphrase")),
    "vault": ("settings/vault", moves.stay),
    "general": ("settings/general", moves.stay),
    "palette": (CREDENTIALS, moves.palette),
    "shortcuts": (CREDENTIALS, moves.shortcuts),
    **import_screens.SCREENS,
    **schedule_screens.SCREENS,
    "history": ("history", moves.listed),
    "history-none": ("history", moves.find_none),
    "run-going": (f"history/{sample_runs.GOING}", moves.progressed),
    "run-failed": (f"history/{sample_runs.FAILED}", moves.progressed),
    "run-details": (f"history/{sample_runs.DONE}", moves.look),
    "run-replay": (f"history/{sample_runs.REPLAYED}", moves.compare),
    "run-delete": (f"history/{sample_runs.FAILED}", moves.delete_run),
    "run-again": (f"history/{sample_runs.DONE}", moves.run_again),
    "run-interrupted": (f"history/{sample_runs.INTERRUPTED}", moves.ask),
    # These leave something behind.
    "run-dry": (EDITOR, editor_moves.rehearse),
    "editor-new": ("automations", editor_moves.new),
}
NEW_SCREENS: Mapping[str, Screen] = {
    "first-start": ("automations", moves.stay),
    "history-empty": ("history", moves.stay),
    "credentials-empty": (CREDENTIALS, moves.stay),
    "trash-empty": (f"{CREDENTIALS}/trash", moves.stay),
}
LOCKED_SCREENS: Mapping[str, Screen] = {
    "locked": (VAULT, moves.lock),
    "locked-refused": (VAULT, moves.refuse_passphrase),
    "vault-passphrase": (VAULT, moves.unlock),
    "passphrase-change": (VAULT, moves.ask_passphrase("Change passphrase")),
    "passphrase-remove": (VAULT, moves.ask_passphrase("Remove passphrase")),
    "vault-restore": (VAULT, moves.restore),
}


def fill(program: Program) -> None:
    """What a person may have after some days."""
    program.add("apiKey", "OpenWeather", apiKey=SECRET, apiUrl="https://api.openweathermap.org/data/2.5/")
    program.add("basic", "Staging server", username="ada", password=SECRET)
    program.add("custom", "Warehouse", token=SECRET)
    refused = program.add("apiKey", "GitHub, work", apiKey=SECRET, apiUrl="https://api.github.com/")
    use = Use(time.time(), "refused", time.time(), "The server answered 401 Unauthorized: Bad credentials")
    program.app.uses.record(refused, use)
    keys = ("apiKey", "apiSecret", "accessToken", "accessSecret")
    program.add("twitter", "My X account", **dict.fromkeys(keys, f"12345-{SECRET}"))
    gone = program.add("basic", "Old server", username="ada", password=SECRET)
    program.app.credentials.delete(gone)
    schedule_screens.fill_schedules(program, program.add_example("morning-weather.json"))
    sample_runs.fill_history(program)


def lived_in(home: Path) -> Program:
    program = Program(home)
    fill(program)
    return program


def locked(home: Path) -> Program:
    program = Program(home, passphrase=moves.PASSPHRASE)
    program.add("basic", "Staging server", username="ada", password=SECRET)
    return program


# Whose program it is, and what is seen in it.
STAGES: tuple[tuple[Callable[[Path], Program], Mapping[str, Screen]], ...] = (
    (lived_in, SCREENS),
    (Program, NEW_SCREENS),
    (locked, LOCKED_SCREENS),
)
ALL: Mapping[str, Screen] = {name: screen for _, screens in STAGES for name, screen in screens.items()}


@contextmanager
def shown(visitor: Visitor, name: str, theme: Theme, size: Size = LARGE) -> Iterator[Page]:
    """A new page brought to this screen. It is closed after: a browser keeps few connections to one place."""
    view, act = ALL[name]
    if view == EDITOR:
        # What the screen before it changed was saved.
        visitor.program.add_example("morning-weather.json")
    page = visitor.open(view, theme=theme, size=size)
    moves.stay(page)
    act(page)
    yield page
    page.close()
