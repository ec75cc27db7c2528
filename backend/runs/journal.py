"""The journal of runs in SQLite, which is their history: events, and intents of what must happen once.

It holds references, unresolved templates and redacted results, so a copied journal holds no secret.
"""

import json
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.runs.blobs import Blobs, blob_in, name_of, stand_in
from backend.runs.catalog import Catalog
from backend.runs.database import Database
from backend.runs.owner import Owner
from backend.runs.waiting import Waiting
from engine.events import Event, RunFinished, RunStarted

MAX_INLINE = 64 * 1024
# A row's place is its run's number and its first seq: the rows of a run lie together, in order, and no index
# is kept. It halves what a step costs (46 → 21 µs against a key of run_id and seq).
_SEQ_BITS = 36
_SEQ_MASK = (1 << _SEQ_BITS) - 1
_ROWS_READ = 256


@dataclass(frozen=True, slots=True)
class Intent:
    """What was about to be done once: `at` is Unix time in seconds, `note` why nobody knows its outcome."""

    path: str
    attempt: int
    at: float
    note: str | None = None


class Journal:
    """One database for all runs of this user. Thread-safe; several processes may write at the same time.

    `catalog` is the list of the runs.
    """

    def __init__(self, file: Path) -> None:
        self._db = Database(file)
        self._lock = self._db.lock
        self._blobs = Blobs(file.parent / "blobs")
        self._owner = Owner(file.parent / "running")
        self.catalog = Catalog(self._db, self._owner)
        self._waiting: dict[str, Waiting] = {}

    def write(self, event: Event, line: str) -> None:
        """Keep an event, of which `line` is the JSON; it goes to the disk when its step ends (`Waiting`).

        A step is one row and one statement: no lock is held while a request is under way.
        """
        fact = event.fact
        with self._lock:
            if isinstance(fact, RunStarted | RunFinished):
                self._write_edge(event, fact, line)
                return
            if self._wait(event, line):
                self._flush(event.run_id)

    def intend(self, run_id: str, path: str, attempt: int) -> None:
        """Write down that a step is about to do what must be done once; returns when the disk has it."""
        with self._lock:
            self._flush(run_id)
            self._db.execute("PRAGMA synchronous=FULL")
            row = (run_id, path, attempt, time.time())
            self._db.execute("INSERT OR REPLACE INTO intents VALUES (?,?,?,?,NULL)", row)
            self._db.execute("PRAGMA synchronous=NORMAL")

    def withdraw(self, run_id: str, path: str, attempt: int) -> None:
        """Forget what `intend` wrote down, for it was refused."""
        with self._lock:
            statement = "DELETE FROM intents WHERE run_id = ? AND path = ? AND attempt = ?"
            self._db.execute(statement, (run_id, path, attempt))

    def doubt(self, run_id: str, path: str, note: str) -> None:
        """Keep why nobody knows whether what a step intended took place."""
        with self._lock:
            self._db.execute(
                "UPDATE intents SET note = ? WHERE run_id = ? AND path = ?", (note, run_id, path)
            )

    def intents(self, run_id: str) -> list[Intent]:
        """Everything that was about to be done, in the order of time."""
        with self._lock:
            query = "SELECT path, attempt, at, note FROM intents WHERE run_id = ? ORDER BY at, path"
            return [Intent(**row) for row in self._db.execute(query, (run_id,))]

    def lines(self, run_id: str, *, after: int = -1) -> Iterator[str]:
        """The events of a run as JSON, in order: those of this process, and what others have on the disk.

        Only those whose `seq` is above `after`. Raises LoopiError `history.no_such_run`.
        """
        with self._lock:
            self._flush(run_id)
            first = self.catalog.number(run_id) << _SEQ_BITS
            query = "SELECT max(place) AS place FROM events WHERE place BETWEEN ? AND ?"
            row = self._db.row(query, (first, first + after + 1))
        place = row["place"] if row and row["place"] is not None else first
        while rows := self._rows(place, first | _SEQ_MASK):
            for place, lines in rows:
                skipped = max(0, after + 1 - (place & _SEQ_MASK))
                yield from map(self._whole, lines.split("\n")[skipped:])
            place += 1

    def events(self, run_id: str, *, after: int = -1) -> Iterator[Event]:
        """As `lines`."""
        return (Event.from_json(json.loads(line)) for line in self.lines(run_id, after=after))

    def delete(self, run_id: str) -> None:
        """Forget a run that is over, with what lies beside the journal for it alone.

        Raises LoopiError `history.no_such_run`.
        """
        with self._lock:
            number = self.catalog.number(run_id)
            first = number << _SEQ_BITS
            with self._db.transaction():
                self._db.execute("DELETE FROM events WHERE place BETWEEN ? AND ?", (first, first | _SEQ_MASK))
                self._db.execute("DELETE FROM intents WHERE run_id = ?", (run_id,))
                self._db.execute("DELETE FROM runs WHERE run_id = ?", (run_id,))
                self._drop_blobs(number)
            self.catalog.forget(run_id)

    def purge(
        self,
        *,
        oldest: float,
        kept: int,
        active: Collection[str] = (),
        is_ended: Callable[[], bool] = lambda: False,
    ) -> int:
        """Delete the runs that began before `oldest`, and all but the newest `kept`; return how many.

        Stops before the next one when it `is_ended`.
        """
        deleted = 0
        for run_id in self.catalog.spent(oldest=oldest, kept=kept, active=active):
            if is_ended():
                break
            self.delete(run_id)
            deleted += 1
        return deleted

    def close(self) -> None:
        """Write what is left and let go of the file."""
        with self._lock:
            for run_id in list(self._waiting):
                self._flush(run_id)
            self._db.close()
            self._owner.close()

    def _write_edge(self, event: Event, fact: RunStarted | RunFinished, line: str) -> None:
        """The first or the last event of a run, in one with its row in the catalog."""
        with self._db.transaction():
            if isinstance(fact, RunStarted):
                self.catalog.begin(fact, event)
            self._wait(event, line)
            self._flush(event.run_id)
            if isinstance(fact, RunFinished):
                self.catalog.end(fact, event)

    def _wait(self, event: Event, line: str) -> bool:
        kept = self._kept(event, line)
        waiting = self._waiting.get(event.run_id)
        if waiting is None:
            waiting = self._waiting[event.run_id] = Waiting(event.seq)
        return waiting.add(event.fact, kept)

    def _flush(self, run_id: str) -> None:
        waiting = self._waiting.pop(run_id, None)
        if waiting:
            place = (self.catalog.number(run_id) << _SEQ_BITS) + waiting.first
            lines = _storable("\n".join(waiting.lines))
            self._db.execute("INSERT INTO events VALUES (?,?)", (place, lines))

    def _rows(self, first: int, last: int) -> list[tuple[int, str]]:
        query = "SELECT place, lines FROM events WHERE place BETWEEN ? AND ? ORDER BY place LIMIT ?"
        with self._lock:
            rows = self._db.execute(query, (first, last, _ROWS_READ))
            return [(row["place"], row["lines"]) for row in rows]

    def _whole(self, line: str) -> str:
        name = blob_in(line)
        return line if name is None else self._blobs.read(name)

    def _kept(self, event: Event, line: str) -> str:
        """The line, or what stands for a large one, which is put beside the journal.

        The row comes first: who deletes must see that the file is used.
        """
        if len(line) <= MAX_INLINE:
            return line
        content = line.encode("utf-8", "surrogatepass")
        name = name_of(content)
        self._db.execute(
            "INSERT OR IGNORE INTO blobs VALUES (?,?)", (name, self.catalog.number(event.run_id))
        )
        self._blobs.write(name, content)
        return stand_in(name)

    def _drop_blobs(self, number: int) -> None:
        """Two runs with the same large result share one file: it goes with the last of them."""
        used = self._db.execute("SELECT name FROM blobs WHERE number = ?", (number,)).fetchall()
        self._db.execute("DELETE FROM blobs WHERE number = ?", (number,))
        for row in used:
            if self._db.row("SELECT 1 FROM blobs WHERE name = ?", (row["name"],)) is None:
                self._blobs.drop(row["name"])


def _storable(lines: str) -> str:
    """Text that UTF-8 can hold: half a surrogate pair, which an answer may contain, as its JSON escape."""
    try:
        lines.encode()
    except UnicodeEncodeError:
        return "\n".join(json.dumps(json.loads(line)) for line in lines.split("\n"))
    return lines
