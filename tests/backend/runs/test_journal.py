"""The journal of runs: what it keeps, when it is on the disk, and what it holds of secrets."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from backend.runs.journal import MAX_INLINE, Journal
from engine.errors import LoopiError
from engine.events import Event, Fact, RunFinished, RunStarted, StepFinished, StepStarted


def event(seq: int, fact: Fact, *, run_id: str = "r1", path: str = "") -> Event:
    return Event(run_id, seq, 1_000.0 + seq, path, fact)


def keep(journal: Journal, event: Event) -> None:
    journal.write(event, json.dumps(event.to_json()))


STORY = [
    event(0, RunStarted("a1", "Morning", "hash", {"city": "Zürich"})),
    event(1, StepStarted("s1", "wait"), path="0"),
    event(2, StepFinished("s1", "succeeded", {"data": [1, "é", None]}, "x"), path="0"),
    event(3, RunFinished("failed", {"code": "http.status", "message": "no", "hint": "", "path": "0"})),
]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "runs" / "runs.db")


def test_events_come_back_as_they_were_written(journal: Journal) -> None:
    for each in STORY:
        keep(journal, each)
    assert list(journal.events("r1")) == STORY


def test_a_run_is_summed_up_in_one_row(journal: Journal) -> None:
    for each in STORY:
        keep(journal, each)
    (row,) = journal.catalog.runs()
    assert (row["run_id"], row["name"], row["outcome"], row["error_code"]) == (
        "r1",
        "Morning",
        "failed",
        "http.status",
    )
    assert (row["started_at"], row["finished_at"]) == (1_000.0, 1_003.0)


def test_runs_are_listed_newest_first(journal: Journal) -> None:
    for number in range(3):
        keep(journal, Event(f"r{number}", 0, float(number), "", RunStarted("a", "n", "h")))
    assert [row["run_id"] for row in journal.catalog.runs(limit=2)] == ["r2", "r1"]


def test_a_large_output_lies_beside_the_journal_and_comes_back(journal: Journal, tmp_path: Path) -> None:
    big = StepFinished("s1", "succeeded", {"data": "x" * MAX_INLINE})
    keep(journal, STORY[0])
    keep(journal, event(1, big, path="0"))
    (blob,) = (tmp_path / "runs" / "blobs").iterdir()
    assert blob.stat().st_mode & 0o777 == 0o600
    assert list(journal.events("r1")) == [STORY[0], event(1, big, path="0")]


def test_the_files_are_for_their_user_alone(journal: Journal, tmp_path: Path) -> None:
    keep(journal, STORY[0])
    assert (tmp_path / "runs").stat().st_mode & 0o777 == 0o700
    for each in (tmp_path / "runs").rglob("*"):
        assert each.stat().st_mode & 0o777 == (0o700 if each.is_dir() else 0o600)


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "runs.db"
    file.touch(0o666)
    file.chmod(0o666)
    Journal(file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "runs.db").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LoopiError) as caught:
        Journal(tmp_path / "runs.db")
    assert caught.value.code == "history.unusable"
    assert not (tmp_path / "elsewhere").exists()


def test_two_journals_write_to_one_file(journal: Journal, tmp_path: Path) -> None:
    other = Journal(tmp_path / "runs" / "runs.db")
    keep(journal, STORY[0])
    keep(journal, STORY[1])
    keep(other, event(0, STORY[0].fact, run_id="r2"))
    keep(journal, STORY[2])
    assert {row["run_id"] for row in other.catalog.runs()} == {"r1", "r2"}
    assert len(list(other.events("r1"))) == 3


def test_no_lock_is_held_while_a_step_is_under_way(journal: Journal, tmp_path: Path) -> None:
    keep(journal, STORY[0])
    keep(journal, STORY[1])
    with sqlite3.connect(tmp_path / "runs" / "runs.db", timeout=0) as database:
        database.execute("BEGIN IMMEDIATE")
        assert database.execute("SELECT count(*) FROM runs").fetchone() == (1,)


def test_a_damaged_file_is_named_as_the_cause(tmp_path: Path) -> None:
    (tmp_path / "runs.db").write_bytes(b"not a database" * 100)
    with pytest.raises(LoopiError) as caught:
        Journal(tmp_path / "runs.db")
    assert caught.value.code == "history.unusable"


_KILLED = """
    import json, os, signal, sys
    from pathlib import Path
    from backend.runs.journal import Journal
    from engine.events import Event, RunStarted, StepFinished
    journal = Journal(Path(sys.argv[1]))
    started = Event("r1", 0, 1.0, "", RunStarted("a", "n", "h"))
    finished = Event("r1", 1, 2.0, "0", StepFinished("s1", "succeeded", {"data": 1}))
    for event in (started, finished):
        journal.write(event, json.dumps(event.to_json()))
    journal.intend("r1", "1", 1)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_finished_and_what_was_intended_survive_kill_9(tmp_path: Path) -> None:
    file = tmp_path / "runs.db"
    code = textwrap.dedent(_KILLED)
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], check=False, env={**os.environ, "PYTHONPATH": "."}
    )
    assert done.returncode == -signal.SIGKILL
    journal = Journal(file)
    assert [each.seq for each in journal.events("r1")] == [0, 1]
    assert [(each.path, each.attempt) for each in journal.intents("r1")] == [("1", 1)]


def test_an_intent_that_was_refused_is_forgotten_and_no_other(journal: Journal) -> None:
    for path, attempt in (("0", 1), ("0", 2), ("1", 1)):
        journal.intend("r", path, attempt)
    journal.withdraw("r", "0", 1)
    journal.withdraw("another", "1", 1)
    assert [(each.path, each.attempt) for each in journal.intents("r")] == [("0", 2), ("1", 1)]


def test_an_unfinished_run_has_no_outcome(journal: Journal) -> None:
    keep(journal, STORY[0])
    (row,) = journal.catalog.runs()
    assert row["outcome"] is None


def test_half_a_surrogate_pair_in_an_answer_is_kept(journal: Journal) -> None:
    odd = event(1, StepFinished("s1", "succeeded", {"data": "half \ud800"}), path="0")
    keep(journal, STORY[0])
    journal.write(odd, json.dumps(odd.to_json(), ensure_ascii=False))
    assert list(journal.events("r1"))[1] == odd


def test_a_run_that_is_not_there_is_named(journal: Journal) -> None:
    with pytest.raises(LoopiError) as caught:
        list(journal.events("gone"))
    assert caught.value.code == "history.no_such_run"
