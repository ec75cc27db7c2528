"""Schedules and their ticks in SQLite: several processes may look, and each tick is taken by one of them."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from backend.schedule.due import Due
from backend.schedule.errors import ScheduleError, missing
from backend.schedule.schedule import Schedule
from backend.store.database import open_private

TickState: TypeAlias = Literal["due", "waitingForUnlock", "queued", "starting", "started", "over"]
PENDING: tuple[TickState, ...] = ("due", "waitingForUnlock", "queued")
KEPT = 200
AHEAD = timedelta(days=1)
_TABLES = """
CREATE TABLE IF NOT EXISTS schedules (id TEXT PRIMARY KEY, document TEXT NOT NULL, since REAL NOT NULL);
CREATE TABLE IF NOT EXISTS ticks (
  schedule_id TEXT, tick INTEGER, state TEXT NOT NULL, PRIMARY KEY (schedule_id, tick)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Tick:
    """One time of one schedule that is to be run, and how far it has come."""

    schedule: Schedule
    at: datetime
    state: TickState

    @property
    def run_id(self) -> str:
        return self.schedule.run_id(self.at)


class ScheduleStore:
    """One database for all schedules of this user. Thread-safe. Raises ScheduleError `schedule.unusable`."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.RLock()
        try:
            self._db = open_private(file)
            self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + _TABLES)
        except (OSError, sqlite3.Error) as error:
            raise _unusable(error) from None

    def all(self) -> list[Schedule]:
        """Every schedule, in the order they were made."""
        with self._transaction() as db:
            rows = db.execute("SELECT document, since FROM schedules ORDER BY rowid").fetchall()
        return [_schedule(*row) for row in rows]

    def get(self, schedule_id: str) -> Schedule:
        """Raises ScheduleError `schedule.missing`."""
        with self._transaction() as db:
            return _found(db, schedule_id)

    def put(self, schedule: Schedule) -> None:
        """Keep a new schedule, or what became of an old one; ticks that wait go with a disabled one."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO schedules VALUES (?,?,?) ON CONFLICT (id)"
                " DO UPDATE SET document = excluded.document, since = excluded.since",
                (schedule.id, json.dumps(schedule.to_json()), schedule.since.timestamp()),
            )
            if not schedule.is_enabled:
                _drop_pending(db, schedule.id)

    def remove(self, schedule_id: str) -> Schedule:
        """Raises ScheduleError `schedule.missing`."""
        with self._transaction() as db:
            found = _found(db, schedule_id)
            db.execute("DELETE FROM schedules WHERE id = ?", (schedule_id,))
            db.execute("DELETE FROM ticks WHERE schedule_id = ?", (schedule_id,))
            return found

    def remove_of(self, automation_id: str) -> None:
        """All schedules of an automation that is gone."""
        for schedule in self.all():
            if schedule.automation_id == automation_id:
                self.remove(schedule.id)

    def take(self, schedule_id: str, now: datetime, decide: Callable[[Schedule], Due]) -> Due:
        """What `decide` makes of the schedule as it is now. It is due once: `since` moves on to `now`.

        Where nothing is due, nothing is written: a look costs no disk and wakes no page.
        A schedule that is gone, disabled or already looked at has nothing due.
        """
        with self._transaction() as db:
            row = db.execute("SELECT document, since FROM schedules WHERE id = ?", (schedule_id,)).fetchone()
            schedule = _schedule(*row) if row else None
            if schedule is not None and schedule.since - now > AHEAD:  # the clock was wrong, and is set now
                db.execute("UPDATE schedules SET since = ? WHERE id = ?", (now.timestamp(), schedule_id))
                return Due()
            if schedule is None or not schedule.is_enabled or schedule.since >= now:
                return Due()
            found = decide(schedule)
            if found == Due():
                return found
            rows = [(schedule_id, int(at.timestamp()), "due") for at in found.run]
            db.executemany("INSERT OR IGNORE INTO ticks VALUES (?,?,?)", rows)
            db.execute("UPDATE schedules SET since = ? WHERE id = ?", (now.timestamp(), schedule_id))
            return found

    def pending(self) -> list[Tick]:
        """The ticks that are still to be started, the oldest first."""
        return self._ticks(PENDING)

    def starting(self) -> list[Tick]:
        """Those that some process began to start and did not finish."""
        return self._ticks(("starting",))

    def move(self, tick: Tick, state: TickState) -> bool:
        """Take a tick from the state it was seen in to another one; False when somebody was faster."""
        key = (tick.schedule.id, int(tick.at.timestamp()))
        with self._transaction() as db:
            done = db.execute(
                "UPDATE ticks SET state = ? WHERE schedule_id = ? AND tick = ? AND state = ?",
                (state, *key, tick.state),
            )
            if state in ("started", "over"):
                _drop_old(db, tick.schedule.id)
            return done.rowcount == 1

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _ticks(self, states: tuple[TickState, ...]) -> list[Tick]:
        query = (
            "SELECT document, since, tick, state FROM ticks JOIN schedules ON id = schedule_id"
            " WHERE state IN (SELECT value FROM json_each(?)) ORDER BY tick, schedule_id"
        )
        with self._transaction() as db:
            rows = db.execute(query, (json.dumps(states),)).fetchall()
        return [Tick(_schedule(*row[:2]), datetime.fromtimestamp(row[2], UTC), row[3]) for row in rows]

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                with self._db:
                    yield self._db
            except sqlite3.Error as error:
                raise _unusable(error) from None


def _found(db: sqlite3.Connection, schedule_id: str) -> Schedule:
    row = db.execute("SELECT document, since FROM schedules WHERE id = ?", (schedule_id,)).fetchone()
    if row is None:
        raise missing(schedule_id)
    return _schedule(*row)


def _schedule(document: str, since: float) -> Schedule:
    try:
        return Schedule.from_json(json.loads(document), since=datetime.fromtimestamp(since, UTC))
    except (LookupError, TypeError, ValueError) as error:
        raise _unusable(error) from None


def _drop_pending(db: sqlite3.Connection, schedule_id: str) -> None:
    query = "DELETE FROM ticks WHERE schedule_id = ? AND state IN (SELECT value FROM json_each(?))"
    db.execute(query, (schedule_id, json.dumps((*PENDING, "starting"))))


def _drop_old(db: sqlite3.Connection, schedule_id: str) -> None:
    """Ticks long over are of no use: what is before `since` is never due again."""
    query = (
        "DELETE FROM ticks WHERE schedule_id = ?1 AND state IN ('started', 'over') AND tick NOT IN"
        " (SELECT tick FROM ticks WHERE schedule_id = ?1 ORDER BY tick DESC LIMIT ?2)"
    )
    db.execute(query, (schedule_id, KEPT))


def _unusable(error: Exception) -> ScheduleError:
    return ScheduleError(
        "schedule.unusable",
        f"The schedules cannot be read or written: {error}.",
        hint="Free some space or correct the permissions of the folder, then try again.",
    )
