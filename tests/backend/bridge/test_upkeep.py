"""What happens by itself: the vault locks, and pages hear of what other programs changed."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.app import open_app
from backend.bridge.desk import Desk
from backend.bridge.idle import Idle
from backend.bridge.upkeep import DEFAULT_AUTO_LOCK, Upkeep, auto_lock_minutes
from backend.store.settings import StoredSettings
from servers.command_line import ROOT

PASSPHRASE = "a long passphrase"


class Hands:
    """A clock that the test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands(desk: Desk) -> Hands:
    hands = Hands()
    desk.idle = Idle(hands, hands)
    return hands


def save(desk: Desk, name: str = "K") -> None:
    desk.app.credentials.add("apiKey", name, {"apiKey": "a-secret-key"})


def set_minutes(desk: Desk, minutes: object) -> None:
    desk.app.places.settings_file.write_text(json.dumps({"autoLockMinutes": minutes}))


def topics(desk: Desk, act: Callable[[], None]) -> set[str]:
    """What a page that listens is told while this is done."""
    stream = iter(desk.hub.stream())
    next(stream)
    act()
    # Else there may be nothing, and one would wait.
    desk.hub.notify("closing")
    told = re.findall(r'"topic": "(\w+)"', next(stream).decode())
    return set(told) - {"closing"}


def test_what_nobody_uses_locks_itself_after_the_minutes_of_the_settings(desk: Desk, hands: Hands) -> None:
    save(desk)
    desk.app.vault.set_passphrase(PASSPHRASE)
    set_minutes(desk, 5)
    upkeep = Upkeep(desk)
    hands.now += 299
    upkeep.tick()
    before = desk.was_locked
    hands.now += 1
    upkeep.tick()
    assert (before, desk.was_locked, desk.app.vault.is_unlocked) == (False, True, False)


def test_use_puts_it_off(desk: Desk, hands: Hands) -> None:
    save(desk)
    desk.app.vault.set_passphrase(PASSPHRASE)
    set_minutes(desk, 5)
    hands.now += 299
    desk.idle.touch()
    hands.now += 299
    Upkeep(desk).tick()
    assert not desk.was_locked


def test_never_means_never(desk: Desk, hands: Hands) -> None:
    save(desk)
    desk.app.vault.set_passphrase(PASSPHRASE)
    set_minutes(desk, 0)
    hands.now += 10 * 86_400
    Upkeep(desk).tick()
    assert not desk.was_locked


def test_without_a_passphrase_it_stays_open(desk: Desk, hands: Hands) -> None:
    save(desk)
    hands.now += 10 * 86_400
    Upkeep(desk).tick()
    assert not desk.was_locked


@pytest.mark.parametrize("odd", ["5", -1, True, 1e9, None])
def test_a_value_that_cannot_be_used_counts_as_none(odd: object) -> None:
    stored = StoredSettings(unknown={"autoLockMinutes": odd})  # type: ignore[dict-item]  # that is the point
    assert auto_lock_minutes(stored) == DEFAULT_AUTO_LOCK


def test_what_another_program_changes_is_told(desk: Desk) -> None:
    save(desk)
    upkeep = Upkeep(desk)
    other = open_app(desk.app.environ)

    def change() -> None:
        other.credentials.add("apiKey", "From the terminal", {"apiKey": "another-key"})
        document = {"format": "loopi-automation/1", "id": "a", "name": "A", "steps": []}
        other.automations.save(document)
        upkeep.tick()

    assert topics(desk, change) == {"credentials", "automations"}
    assert topics(desk, upkeep.tick) == set()


def test_what_another_program_runs_is_told_when_it_begins_and_ends_and_not_in_between(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "wait.json"
    steps = [{"id": "w", "type": "wait", "value": 0}]
    file.write_text(json.dumps({"format": "loopi-automation/1", "id": "a", "name": "A", "steps": steps}))
    upkeep = Upkeep(desk)

    def run() -> None:
        command = [sys.executable, "-m", "backend.cli", "run", str(file)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **desk.app.environ}, check=True)
        upkeep.tick()

    def tell_on() -> None:
        (row,) = desk.app.journal.catalog.runs()
        desk.app.journal.catalog.ask_to_stop(str(row["run_id"]))
        upkeep.tick()

    assert topics(desk, upkeep.tick) == set()
    assert topics(desk, run) == {"history"}
    assert topics(desk, tell_on) == set()


def test_without_a_listener_the_history_is_not_asked(desk: Desk) -> None:
    desk.app.journal.catalog.runs()
    upkeep = Upkeep(desk)
    asked: list[str] = []
    desk.app.journal._db._connection.set_trace_callback(asked.append)  # noqa: SLF001  # what SQLite is asked
    desk.app.places.history_db.touch()
    upkeep.tick()
    assert asked == []
