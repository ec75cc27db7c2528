"""The table of all runs: what each was of, how it ended, whose it is, and which are listed."""

import json
from collections.abc import Collection, Mapping

from backend.runs import listing
from backend.runs.database import Database, unusable
from backend.runs.listing import RunFilter
from backend.runs.owner import Owner
from engine.errors import LoopiError
from engine.events import Event, RunFinished, RunStarted
from engine.model import Json


class Catalog:
    """Thread-safe; several processes may write at the same time."""

    def __init__(self, database: Database, owner: Owner) -> None:
        self._db = database
        self._lock = database.lock
        self._owner = owner
        self._numbers: dict[str, int] = {}
        self._choices: dict[str, str] = {}

    def choose(self, run_id: str, choices: Mapping[str, Json]) -> None:
        """Before a run begins: keep what was chosen for it alone."""
        self._choices[run_id] = json.dumps(choices)

    def begin(self, fact: RunStarted, event: Event) -> None:
        choices = self._choices.pop(event.run_id, None)
        row = (
            event.run_id,
            fact.automation_id,
            fact.name,
            fact.content_hash,
            event.at,
            self._token(),
            choices,
        )
        columns = "run_id, automation_id, name, content_hash, started_at, owner, choices"
        self._db.execute(f"INSERT INTO runs ({columns}) VALUES (?,?,?,?,?,?,?)", row)  # noqa: S608 - own words

    def note(
        self, run_id: str, subject: tuple[str, str], at: float, error: Mapping[str, str], *, outcome: str
    ) -> None:
        """A row for what did not come to be a run, without events. `subject` is an automation's id and name.

        `at` is Unix time in seconds, `error` has `code` and `message`. A second one of the same id is let go.
        """
        row = (run_id, *subject, at, at, outcome, error["code"], error["message"])
        columns = "run_id, automation_id, name, started_at, finished_at, outcome, error_code, error_message"
        with self._lock:
            self._db.execute(f"INSERT OR IGNORE INTO runs ({columns}) VALUES (?,?,?,?,?,?,?,?)", row)  # noqa: S608 - own words

    def knows(self, run_id: str) -> bool:
        """Whether there is a row of this id."""
        with self._lock:
            return self._db.row("SELECT 1 FROM runs WHERE run_id = ?", (run_id,)) is not None

    def end(self, fact: RunFinished, event: Event) -> None:
        error = fact.error or {}
        end = (event.at, fact.outcome, error.get("code"), error.get("message"), event.run_id)
        change = "UPDATE runs SET finished_at=?, outcome=?, error_code=?, error_message=? WHERE run_id=?"
        self._db.execute(change, end)
        self.forget(event.run_id)

    def forget(self, run_id: str) -> None:
        """Its number is not needed soon."""
        self._numbers.pop(run_id, None)

    def number(self, run_id: str) -> int:
        """Raises LoopiError `history.no_such_run`."""
        if run_id not in self._numbers:
            row = self._db.row("SELECT number FROM runs WHERE run_id = ?", (run_id,))
            if row is None:
                raise _no_such_run(run_id)
            self._numbers[run_id] = row["number"]
        return self._numbers[run_id]

    def runs(
        self, *, limit: int = 100, wanted: RunFilter | None = None, active: Collection[str] = ()
    ) -> list[dict[str, object]]:
        """The newest runs first, one dict each with the columns of the table, and `is_going`.

        `active` are the ids of the runs that go on in this process.
        """
        with self._lock:
            going = listing.going(active, self._others())
            values = (wanted or RunFilter()).values(limit=limit, going=going)
            return [dict(row) for row in self._db.execute(listing.SELECT, values)]

    def going(self, *, active: Collection[str]) -> list[str]:
        """The ids of all runs that go on, in this process or another one that lives."""
        return [
            str(row["run_id"])
            for row in self.runs(limit=10_000, wanted=RunFilter(is_going=True), active=active)
        ]

    def run(self, run_id: str, *, active: Collection[str] = ()) -> dict[str, object]:
        """One run, as `runs` has it. Raises LoopiError `history.no_such_run`."""
        found = self.runs(limit=1, wanted=RunFilter(run_id=run_id), active=active)
        if not found:
            raise _no_such_run(run_id)
        return found[0]

    def whole_id(self, beginning: str) -> str:
        """The id that begins so. Raises LoopiError `history.no_such_run`, `history.ambiguous`."""
        query = "SELECT run_id FROM runs WHERE substr(run_id, 1, ?) = ? LIMIT 2"
        with self._lock:
            found = [row["run_id"] for row in self._db.execute(query, (len(beginning), beginning))]
        if not found or not beginning:
            raise _no_such_run(beginning)
        if len(found) > 1:
            raise LoopiError(
                "history.ambiguous",
                f"More than one run has an id that begins with {beginning[:64]}.",
                hint="Give more of its letters: `loopi history list --json` shows whole ids.",
            )
        return str(found[0])

    def mark(self) -> tuple[object, ...]:
        """What is another one as soon as any program begins, ends or deletes a run."""
        with self._lock:
            found = self._db.row("SELECT max(number), count(*), count(finished_at) FROM runs")
        return tuple(found or ())

    def spent(self, *, oldest: float, kept: int, active: Collection[str]) -> list[str]:
        """The ids of the runs that began before `oldest`, or beyond the newest `kept`; none that goes on."""
        with self._lock:
            values = {"oldest": oldest, "kept": kept, **listing.going(active, self._others())}
            return [row["run_id"] for row in self._db.execute(listing.SPENT, values)]

    def claim(self, run_id: str) -> bool:
        """Make an interrupted run one of this process. False when it is over, or another was faster."""
        with self._lock:
            row = self._db.row("SELECT owner FROM runs WHERE run_id = ?", (run_id,))
            if row is None:
                raise _no_such_run(run_id)
            if row["owner"] in self._others():
                return False
            claim = (
                "UPDATE runs SET owner = ?, is_stop_wanted = 0"
                " WHERE run_id = ? AND outcome IS NULL AND owner IS ?"
            )
            return self._db.execute(claim, (self._token(), run_id, row["owner"])).rowcount == 1

    def ask_to_stop(self, run_id: str) -> None:
        """Leave word for the process that a run belongs to."""
        with self._lock:
            self._db.execute("UPDATE runs SET is_stop_wanted = 1 WHERE run_id = ?", (run_id,))

    def to_stop(self) -> list[str]:
        """The ids of the runs of this process that another one has asked to stop."""
        query = "SELECT run_id FROM runs WHERE is_stop_wanted AND outcome IS NULL AND owner = ?"
        with self._lock:
            return [row["run_id"] for row in self._db.execute(query, (self._token(),))]

    def _token(self) -> str:
        try:
            return self._owner.token
        except OSError as error:
            raise unusable(error) from None

    def _others(self) -> frozenset[str]:
        try:
            return self._owner.others()
        except OSError as error:
            raise unusable(error) from None


def _no_such_run(run_id: str) -> LoopiError:
    return LoopiError("history.no_such_run", f"There is no run {run_id[:64]} in the history.")
