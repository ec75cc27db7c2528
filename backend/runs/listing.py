"""Which runs of the history are listed, as one statement of SQL with named values."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

_IS_GOING = (
    "(outcome IS NULL AND (run_id IN (SELECT value FROM json_each(:active))"
    " OR COALESCE(owner, '') IN (SELECT value FROM json_each(:owners))))"
)
SELECT = (
    f"SELECT *, {_IS_GOING} AS is_going FROM runs"  # noqa: S608 - own words
    " WHERE (:run_id IS NULL OR run_id = :run_id)"
    " AND (:automation_id IS NULL OR automation_id = :automation_id)"
    " AND (:outcome IS NULL OR outcome = :outcome)"
    " AND (:since IS NULL OR started_at >= :since)"
    " AND (:before IS NULL OR started_at < :before)"
    r" AND (:text IS NULL OR name LIKE :text ESCAPE '\' OR error_message LIKE :text ESCAPE '\'"
    r" OR error_code LIKE :text ESCAPE '\' OR run_id LIKE :text ESCAPE '\')"
    f" AND (:is_going IS NULL OR (outcome IS NULL AND {_IS_GOING} = :is_going))"
    " ORDER BY started_at DESC, number DESC LIMIT :limit"
)
"""Takes `RunFilter.values`."""
SPENT = (
    "SELECT run_id FROM runs"  # noqa: S608 - own words
    " WHERE (started_at < :oldest"
    " OR number <= (SELECT number FROM runs ORDER BY number DESC LIMIT 1 OFFSET :kept))"
    f" AND NOT {_IS_GOING} ORDER BY number"
)
"""The runs that are older than `oldest`, and those beyond the newest `kept`. None of them goes on."""


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs are wanted; None leaves a thing open. `since` and `before` are Unix times in seconds.

    `is_going` asks for runs without an end: those that go on, or those that do not. `text` is looked for in
    the name, the id and what went wrong.
    """

    run_id: str | None = None
    automation_id: str | None = None
    outcome: str | None = None
    is_going: bool | None = None
    since: float | None = None
    before: float | None = None
    text: str | None = None

    def values(self, *, limit: int, going: Mapping[str, object]) -> Mapping[str, object]:
        """The values of SELECT. `going` is what `going` below returns."""
        text = None if self.text is None else f"%{_literal(self.text)}%"
        return {**asdict(self), "text": text, "limit": limit, **going}


def going(active: Collection[str], owners: Collection[str]) -> Mapping[str, object]:
    """Values that tell which runs go on: ids of those in this process, and the other processes that live."""
    return {"active": json.dumps(list(active)), "owners": json.dumps(list(owners))}


def _literal(text: str) -> str:
    """A text without the signs that LIKE knows."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
