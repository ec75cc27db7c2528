"""What the scheduler is given of the program: a real vault, a real journal, real runs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.adapters.schedule import ScheduledRuns
from backend.app import App
from backend.places import Places
from backend.schedule.due import Missed
from backend.schedule.schedule import Options, Schedule
from backend.schedule.store import Tick
from backend.schedule.trigger import Interval
from engine.errors import LoopiError
from engine.events import Event, RunFinished
from servers.command_line import KEY

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
GREET = {"id": "g", "type": "setVariable", "variableName": "t", "value": "hi"}
WAIT = {"id": "w", "type": "wait", "value": 600}
READ = {"id": "r", "type": "apiCall", "method": "GET", "url": "https://example.com/"}
POST = {"id": "p", "type": "apiCall", "method": "POST", "url": "https://example.com/"}
SIGNED = {**READ, "credentialId": "Mine"}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    places = Places(tmp_path / "home")
    places.create()
    app = App(places, {"LOOPI_VAULT_KEY": KEY})
    yield app
    app.runs.end_all(patience_s=20)


def scheduled(app: App, *steps: object) -> Schedule:
    document = {"format": "loopi-automation/1", "id": "a", "name": "Greeting", "steps": list(steps)}
    app.automations.save(document)  # type: ignore[arg-type]  # JSON
    return Schedule("s1", "a", Interval(60, AT), Options(), is_enabled=True, since=AT)


def runs_of(app: App, *, is_locked: bool = False, heard: list[Event] | None = None) -> ScheduledRuns:
    return ScheduledRuns(
        app.automations,
        app.parse,
        app.runs,
        lambda: app.journal,
        is_locked=lambda: is_locked,
        heard=lambda _: (heard.append,) if heard is not None else (),
    )


def finish(app: App) -> None:
    for run in app.runs.active():
        assert run.wait(20)


def rows(app: App) -> list[tuple[object, ...]]:
    return [(row["run_id"], row["outcome"], row["error_code"]) for row in app.journal.catalog.runs()]


def test_a_tick_is_run_once_under_its_own_id_and_is_heard(app: App) -> None:
    tick, heard = Tick(scheduled(app, GREET), AT, "starting"), list[Event]()
    runs = runs_of(app, heard=heard)
    assert runs.start(tick) == "started"
    finish(app)
    assert isinstance(heard[-1].fact, RunFinished)
    assert runs.has_begun(tick.run_id)
    assert runs.start(tick) == "known"
    assert rows(app) == [(tick.run_id, "succeeded", None)]


def test_a_run_goes_on_until_it_is_over(app: App) -> None:
    schedule = scheduled(app, WAIT)
    runs = runs_of(app)
    runs.start(Tick(schedule, AT, "starting"))
    assert runs.is_running(schedule)
    app.runs.end_all(patience_s=20)
    assert not runs.is_running(schedule)


def test_a_vault_that_a_person_locked_stops_only_what_needs_it(app: App) -> None:
    runs = runs_of(app, is_locked=True)
    assert runs.start(Tick(scheduled(app, SIGNED), AT, "starting")) == "locked"
    assert runs.start(Tick(scheduled(app, GREET), AT, "starting")) == "started"


def test_a_vault_that_asks_for_its_passphrase_is_a_locked_one(app: App, tmp_path: Path) -> None:
    app.credentials.add("apiKey", "Mine", {"apiKey": "0123456789"})
    other = App(app.places, {"LOOPI_VAULT_KEY": "00" * 32})
    tick = Tick(scheduled(app, SIGNED), AT, "starting")
    assert runs_of(other).start(tick) == "locked"
    assert rows(app) == []


def test_an_automation_that_cannot_run_is_in_the_history_with_its_reason(app: App) -> None:
    schedule = scheduled(app, {"id": "x", "type": "nothing"})
    with pytest.raises(LoopiError):
        runs_of(app).start(Tick(schedule, AT, "starting"))
    assert rows(app) == [(schedule.run_id(AT), "failed", "automation.invalid")]


@pytest.mark.parametrize(
    ("steps", "is_posting"), [((GREET,), False), ((READ,), False), ((READ, POST), True), ((), False)]
)
def test_what_cannot_be_undone_is_posting(app: App, steps: tuple[object, ...], *, is_posting: bool) -> None:
    assert runs_of(app).posts(scheduled(app, *steps)) is is_posting


def test_what_cannot_be_read_is_taken_for_posting(app: App) -> None:
    schedule = scheduled(app, GREET)
    app.automations.delete("a")
    assert runs_of(app).posts(schedule)


def test_what_was_missed_is_a_row_of_the_history_in_words(app: App) -> None:
    schedule = scheduled(app, GREET)
    missed = Missed(AT - timedelta(hours=3), AT, 4)
    for _ in range(2):
        runs_of(app).tell_missed(schedule, missed, "asleep")
    (row,) = app.journal.catalog.runs()
    assert (row["outcome"], row["name"]) == ("missed", "Greeting")
    assert row["error_message"] == (
        "Missed 4 times from 2026-01-01 09:00 to 2026-01-01 12:00 UTC: "
        "Loopi was not running, or the computer slept."
    )
    assert list(app.journal.events(str(row["run_id"]))) == []
