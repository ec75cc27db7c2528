import json
from pathlib import Path

import pytest

from backend.runs.catalog import Catalog
from backend.runs.database import Database
from backend.runs.journal import Journal
from backend.runs.listing import RunFilter
from backend.runs.owner import Owner
from engine.errors import LoopiError
from engine.events import Event, RunFinished, RunStarted, StepFinished


def keep(journal: Journal, event: Event) -> None:
    journal.write(event, json.dumps(event.to_json()))


def begin(
    journal: Journal, run_id: str, at: float = 1.0, *, name: str = "Name", automation: str = "a"
) -> None:
    keep(journal, Event(run_id, 0, at, "", RunStarted(automation, name, "hash")))


def end(journal: Journal, run_id: str, message: str = "") -> None:
    error = {"code": "http.status", "message": message, "hint": ""} if message else None
    keep(journal, Event(run_id, 1, 9.0, "", RunFinished("failed" if error else "succeeded", error)))


def ids(journal: Journal, **wanted: object) -> list[str]:
    chosen = RunFilter(**wanted)  # type: ignore[arg-type]  # any of its fields
    return [str(row["run_id"]) for row in journal.catalog.runs(wanted=chosen)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "runs.db"


@pytest.fixture
def journal(file: Path) -> Journal:
    return Journal(file)


def test_a_run_of_another_process_goes_on_while_that_process_lives(journal: Journal, file: Path) -> None:
    other = Journal(file)
    begin(other, "r")
    assert journal.catalog.run("r")["is_going"] == 1
    assert ids(journal, is_going=True) == ["r"]
    other.close()
    assert journal.catalog.run("r")["is_going"] == 0
    assert ids(journal, is_going=False) == ["r"]


def test_a_run_of_this_process_goes_on_while_it_is_active(journal: Journal) -> None:
    begin(journal, "r")
    assert journal.catalog.run("r", active=["r"])["is_going"] == 1
    assert journal.catalog.run("r")["is_going"] == 0


def test_an_interrupted_run_is_claimed_by_one_process_only(journal: Journal, file: Path) -> None:
    dead, other = Journal(file), Journal(file)
    begin(dead, "r")
    assert not journal.catalog.claim("r")
    dead.close()
    assert journal.catalog.claim("r")
    assert not other.catalog.claim("r")
    with pytest.raises(LoopiError):
        journal.catalog.claim("gone")


def test_a_run_that_is_over_cannot_be_claimed(journal: Journal) -> None:
    begin(journal, "r")
    end(journal, "r")
    assert not journal.catalog.claim("r")


def test_another_process_can_ask_a_run_to_stop(journal: Journal, file: Path) -> None:
    other = Journal(file)
    begin(journal, "r")
    begin(journal, "s")
    other.catalog.ask_to_stop("r")
    assert journal.catalog.to_stop() == ["r"]
    assert other.catalog.to_stop() == []
    end(journal, "r")
    assert journal.catalog.to_stop() == []


def test_runs_are_found_by_time_and_by_words(journal: Journal) -> None:
    begin(journal, "r1", 1.0, name="Morning weather")
    begin(journal, "r2", 2.0, name="Evening 50%")
    begin(journal, "r3", 3.0, name="Evening news")
    end(journal, "r3", "The server answered 503.")
    assert ids(journal, since=2.0) == ["r3", "r2"]
    assert ids(journal, since=2.0, before=3.0) == ["r2"]
    assert ids(journal, text="evening") == ["r3", "r2"]
    assert ids(journal, text="50%") == ["r2"]
    assert ids(journal, text="503") == ["r3"]
    assert ids(journal, text="http.status") == ["r3"]
    assert ids(journal, text="nothing") == []


def test_chosen_credentials_are_kept_with_the_run(journal: Journal) -> None:
    journal.catalog.choose("r", {"post": "c2"})
    begin(journal, "r")
    begin(journal, "s")
    assert json.loads(str(journal.catalog.run("r")["choices"])) == {"post": "c2"}
    assert journal.catalog.run("s")["choices"] is None


def test_old_runs_and_those_beyond_a_number_are_purged_but_none_that_goes_on(
    journal: Journal, file: Path, tmp_path: Path
) -> None:
    other = Journal(file)
    for number in range(6):
        begin(other if number == 1 else journal, f"r{number}", float(number))
    big = StepFinished("s", "succeeded", {"data": "x" * 70_000})
    keep(journal, Event("r0", 1, 1.0, "0", big))
    journal.intend("r0", "0", 1)
    assert journal.purge(oldest=2.0, kept=3, active=["r2"]) == 1
    assert ids(journal) == ["r5", "r4", "r3", "r2", "r1"]
    assert list((tmp_path / "blobs").iterdir()) == []
    assert journal.intents("r0") == []
    assert journal.purge(oldest=0.0, kept=1) == 3
    assert ids(journal) == ["r5", "r1"]


def test_what_did_not_come_to_be_a_run_has_a_row_and_no_events(journal: Journal) -> None:
    for message in ("The first word stays.", "A second one is let go."):
        error = {"code": "schedule.missed", "message": message}
        journal.catalog.note("r", ("a", "Name"), 5.0, error, outcome="missed")
    assert journal.catalog.knows("r")
    assert not journal.catalog.knows("s")
    row = journal.catalog.run("r")
    assert (row["outcome"], row["started_at"], row["error_message"]) == (
        "missed",
        5.0,
        "The first word stays.",
    )
    assert list(journal.events("r")) == []
    assert journal.catalog.going(active=()) == []


def test_all_runs_that_go_on_are_named_here_and_elsewhere(journal: Journal, file: Path) -> None:
    other = Journal(file)
    begin(other, "there")
    begin(journal, "here")
    begin(journal, "over")
    end(journal, "over")
    assert sorted(journal.catalog.going(active=["here"])) == ["here", "there"]


def test_what_other_processes_hold_cannot_be_read_and_it_is_said(file: Path, tmp_path: Path) -> None:
    # A name that no file system takes; a folder that may not be entered does not stop root.
    catalog = Catalog(Database(file), Owner(tmp_path / ("x" * 300)))
    with pytest.raises(LoopiError) as raised:
        catalog.runs()
    assert raised.value.code == "history.unusable"
