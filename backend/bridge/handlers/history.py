"""Methods about runs that are over, and the list of all."""

from collections.abc import Callable, Mapping
from typing import cast

from backend.bridge.contract.history import HistoryEntry, HistoryFilter, RunId, RunOutcome
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.bridge.errors import bad_params
from backend.runs.listing import RunFilter
from engine.errors import LoopiError

MAX_LISTED = 500
# the contract's outcomes of a run without an end: whether it goes on in this process
_OPEN: Mapping[str, bool] = {"running": True, "interrupted": False}


def list_(desk: Desk, params: HistoryFilter) -> tuple[HistoryEntry, ...]:
    """The newest first. Raises Refusal `bridge.bad_params`, LoopiError `history.unusable`."""
    if not 1 <= params.limit <= MAX_LISTED:
        raise bad_params({"limit": f"must be 1 to {MAX_LISTED}"})
    here = frozenset(run.run_id for run in desk.app.runs.active())
    wanted = RunFilter(
        automation_id=params.automation_id,
        outcome=None if params.outcome in _OPEN else params.outcome,
        is_active=_OPEN.get(params.outcome or ""),
        before=params.before,
    )
    rows = desk.app.journal.runs(limit=params.limit, wanted=wanted, active=here)
    return tuple(_entry(row, here) for row in rows)


def delete(desk: Desk, params: RunId) -> Nothing:
    """Raises LoopiError `history.still_running`, `history.no_such_run`."""
    if desk.app.runs.find(params.run_id) is not None:
        raise LoopiError("history.still_running", "This run is not over yet.", hint="Stop it first.")
    desk.app.journal.delete(params.run_id)
    desk.hub.notify("history")
    return Nothing()


def _entry(row: Mapping[str, object], here: frozenset[str]) -> HistoryEntry:
    run_id = str(row["run_id"])
    outcome = row["outcome"] or ("running" if run_id in here else "interrupted")
    return HistoryEntry(
        run_id=run_id,
        automation_id=str(row["automation_id"]),
        name=str(row["name"]),
        started_at=cast("float", row["started_at"]),
        finished_at=cast("float | None", row["finished_at"]),
        outcome=cast("RunOutcome", outcome),
        error_code=cast("str | None", row["error_code"]),
    )


HANDLERS: Mapping[str, Callable[..., object]] = {"list": list_, "delete": delete}
