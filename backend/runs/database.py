"""The file in which runs are kept: one SQLite database for its user alone, its tables, its errors."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from backend.store.database import open_private
from engine.errors import LoopiError

Values: TypeAlias = "tuple[object, ...] | Mapping[str, object]"

_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000;"
# `choices`: what was chosen for this run alone, as JSON (`backend.runs.resuming`). `note`: why nobody knows
# whether the effect took place.
_TABLES = """
CREATE TABLE IF NOT EXISTS runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT UNIQUE,
  automation_id TEXT, name TEXT, content_hash TEXT,
  started_at REAL, finished_at REAL, outcome TEXT, error_code TEXT);
CREATE TABLE IF NOT EXISTS events (place INTEGER PRIMARY KEY, lines TEXT);
CREATE TABLE IF NOT EXISTS intents (
  run_id TEXT, path TEXT, attempt INTEGER, at REAL, PRIMARY KEY (run_id, path, attempt)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blobs (name TEXT, number INTEGER, PRIMARY KEY (name, number)) WITHOUT ROWID;
"""
_ADDED = {
    "runs": ("error_message TEXT", "owner TEXT", "is_stop_wanted INTEGER DEFAULT 0", "choices TEXT"),
    "intents": ("note TEXT",),
}
_INDEXES = """
CREATE INDEX IF NOT EXISTS runs_by_start ON runs (started_at);
CREATE INDEX IF NOT EXISTS runs_by_automation ON runs (automation_id, started_at);
CREATE INDEX IF NOT EXISTS blobs_by_run ON blobs (number);
"""


class Database:
    """One connection, whose every failure is `history.unusable`. Threads take turns: `with database.lock`."""

    def __init__(self, file: Path) -> None:
        self.lock = threading.RLock()
        try:
            self._connection = open_private(file)
            self._connection.row_factory = sqlite3.Row
            self._connection.executescript(_PRAGMAS)
            self._bring_up()
        except (OSError, sqlite3.Error) as error:
            raise unusable(error) from None

    def execute(self, statement: str, values: Values = ()) -> sqlite3.Cursor:
        """Raises LoopiError `history.unusable`."""
        try:
            return self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise unusable(error) from None

    def row(self, statement: str, values: Values = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        found: sqlite3.Row | None = self.execute(statement, values).fetchone()
        return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it, or nothing."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()

    def _bring_up(self) -> None:
        """Make what is missing, in a new file and in one of an older version."""
        self._connection.executescript(_TABLES)
        for table, columns in _ADDED.items():
            known = {row["name"] for row in self._connection.execute(f"PRAGMA table_info({table})")}
            for column in columns:
                if column.split()[0] not in known:
                    self._add(table, column)
        self._connection.executescript(_INDEXES)

    def _add(self, table: str, column: str) -> None:
        try:
            self._connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
        except sqlite3.OperationalError as error:
            # Another process was faster.
            if "duplicate column" not in str(error):
                raise


def unusable(error: Exception) -> LoopiError:
    return LoopiError(
        "history.unusable",
        f"The history of runs cannot be written: {error}.",
        hint="Free some space or correct the permissions of the folder, then run again.",
    )
