import sqlite3
from pathlib import Path

import pytest

from backend.runs.database import Database
from engine.errors import LoopiError

OLD = """
CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT UNIQUE,
  automation_id TEXT, name TEXT, content_hash TEXT,
  started_at REAL, finished_at REAL, outcome TEXT, error_code TEXT);
INSERT INTO runs VALUES (1, 'r1', 'a', 'Name', 'hash', 1.0, NULL, NULL, NULL);
"""


def test_a_file_of_an_older_version_is_brought_up(tmp_path: Path) -> None:
    file = tmp_path / "runs.db"
    with sqlite3.connect(file) as old:
        old.executescript(OLD)
    row = Database(file).row("SELECT run_id, owner, is_stop_wanted FROM runs")
    assert row is not None
    assert tuple(row) == ("r1", None, 0)
    assert Database(file).row("SELECT note FROM intents") is None


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "runs.db")

    def write() -> None:
        with database.transaction():
            database.execute("INSERT INTO events VALUES (1, 'x')")
            database.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(LoopiError) as caught:
        write()
    assert caught.value.code == "history.unusable"
    assert database.row("SELECT * FROM events") is None
