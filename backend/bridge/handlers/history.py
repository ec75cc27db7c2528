"""Methods about runs that are over, and the list of all."""

from collections.abc import Callable, Mapping
from typing import cast

from backend.bridge.contract.history import (
    HistoryEntry,
    HistoryFilter,
    RunExport,
    RunId,
    RunKind,
    RunOutcome,
)
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.bridge.errors import bad_params
from backend.runs.listing import RunFilter
from backend.runs.resuming import kind_of
from backend.store.document import escaped
from engine.errors import LoopiError

MAX_LISTED = 500
# the contract's outcomes of a run without an end: whether it goes on
_OPEN: Mapping[str, bool] = {"running": True, "interrupted": False}


def list_(desk: Desk, params: HistoryFilter) -> tuple[HistoryEntry, ...]:
    """The newest first. Raises Refusal `bridge.bad_params`, LoopiError `history.unusable`."""
    if not 1 <= params.limit <= MAX_LISTED:
        raise bad_params({"limit": f"must be 1 to {MAX_LISTED}"})
    wanted = RunFilter(
        automation_id=params.automation_id,
        outcome=None if params.outcome in _OPEN else params.outcome,
        is_going=_OPEN.get(params.outcome or ""),
        since=params.since,
        before=params.before,
        text=params.text or None,
    )
    rows = desk.app.journal.catalog.runs(limit=params.limit, wanted=wanted, active=_here(desk))
    return tuple(_entry(row) for row in rows)


def get(desk: Desk, params: RunId) -> HistoryEntry:
    """Also what never came to be a run. Raises LoopiError `history.no_such_run`."""
    return _entry(desk.app.journal.catalog.run(params.run_id, active=_here(desk)))


def delete(desk: Desk, params: RunId) -> Nothing:
    """Raises LoopiError `history.still_running`, `history.no_such_run`."""
    # One that has just been started may not be in the catalog yet.
    here = _here(desk)
    if params.run_id in here or desk.app.journal.catalog.run(params.run_id, active=here)["is_going"]:
        raise LoopiError("history.still_running", "This run is not over yet.", hint="Stop it first.")
    desk.app.journal.delete(params.run_id)
    desk.hub.notify("history")
    return Nothing()


def export(desk: Desk, params: RunId) -> RunExport:
    """Raises LoopiError `history.no_such_run`, `history.unusable`."""
    text = "".join(f"{escaped(line)}\n" for line in desk.app.journal.lines(params.run_id))
    return RunExport(f"run-{params.run_id[:8]}.jsonl", text)


def _here(desk: Desk) -> frozenset[str]:
    return frozenset(run.run_id for run in desk.app.runs.active())


def _entry(row: Mapping[str, object]) -> HistoryEntry:
    outcome = row["outcome"] or ("running" if row["is_going"] else "interrupted")
    return HistoryEntry(
        run_id=str(row["run_id"]),
        automation_id=str(row["automation_id"]),
        name=str(row["name"]),
        started_at=cast("float", row["started_at"]),
        finished_at=cast("float | None", row["finished_at"]),
        outcome=cast("RunOutcome", outcome),
        error_code=cast("str | None", row["error_code"]),
        error_message=cast("str | None", row["error_message"]),
        kind=cast("RunKind", kind_of(row) or "real"),
    )


HANDLERS: Mapping[str, Callable[..., object]] = {
    "list": list_,
    "get": get,
    "delete": delete,
    "export": export,
}
