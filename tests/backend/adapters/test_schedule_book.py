"""How schedules stand, in one word each."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.adapters.schedule_book import SHOWN, ScheduleBook
from backend.app import App
from backend.places import Places
from backend.schedule.due import Due
from backend.schedule.schedule import Options, Schedule
from backend.schedule.trigger import Interval, Once, Trigger
from servers.command_line import KEY

NOW = datetime.now(UTC)
HOURLY = Interval(60, NOW)


@pytest.fixture
def app(tmp_path: Path) -> App:
    places = Places(tmp_path / "home")
    places.create()
    return App(places, {"LOOPI_VAULT_KEY": KEY})


def keep(app: App, trigger: Trigger = HOURLY, *, is_enabled: bool = True) -> Schedule:
    made = Schedule("5c", "a1", trigger, Options(), is_enabled=is_enabled, since=NOW - timedelta(hours=1))
    app.schedules.put(made)
    return made


def book(app: App, *here: str) -> ScheduleBook:
    return ScheduleBook(app.schedules, app.automations, app.journal, here)


def test_what_is_on_has_its_next_times_and_what_is_off_has_none(app: App) -> None:
    keep(app)
    on = book(app).one("5c")
    keep(app, is_enabled=False)
    off = book(app).one("5c")
    assert (on.state, len(on.next), off.state, off.next) == ("on", SHOWN, "off", ())


def test_what_happened_once_is_over(app: App) -> None:
    keep(app, Once(NOW - timedelta(minutes=5)))
    assert book(app).one("5c").state == "over"


def test_a_run_that_waits_for_the_vault_is_told(app: App) -> None:
    keep(app)
    app.schedules.take("5c", NOW, lambda _: Due((NOW,)))
    (tick,) = app.schedules.pending()
    app.schedules.move(tick, "waitingForUnlock")
    assert book(app).waiting() == {"5c"}
    assert book(app).one("5c").state == "waitingForUnlock"


def test_an_automation_that_is_gone_has_no_name(app: App) -> None:
    keep(app)
    before = book(app).one("5c").name
    app.automations.save({"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": []})
    assert (before, book(app).one("5c").name) == (None, "Mine")
