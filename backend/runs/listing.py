"""Which runs of the history are listed, as one statement of SQL with named values."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

SELECT = (
    "SELECT * FROM runs"
    " WHERE (:automation_id IS NULL OR automation_id = :automation_id)"
    " AND (:outcome IS NULL OR outcome = :outcome)"
    " AND (:before IS NULL OR started_at < :before)"
    " AND (:is_active IS NULL OR (outcome IS NULL"
    " AND (run_id IN (SELECT value FROM json_each(:active))) = :is_active))"
    " ORDER BY started_at DESC LIMIT :limit"
)
"""Takes `RunFilter.values`."""


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs are wanted; None leaves a thing open. `before` is Unix time in seconds.

    `is_active` asks for runs without an end: those that go on in this process, or those that do not.
    """

    automation_id: str | None = None
    outcome: str | None = None
    is_active: bool | None = None
    before: float | None = None

    def values(self, *, limit: int, active: Collection[str]) -> Mapping[str, object]:
        """The values of SELECT. `active` are the ids of the runs that go on in this process."""
        return {**asdict(self), "active": json.dumps(list(active)), "limit": limit}
