"""What earlier runs of an automation left: the last one, and the values that one had before a step."""

from collections.abc import Collection, Mapping

from backend.runs import restoring, resuming
from backend.runs.journal import Journal
from backend.runs.listing import RunFilter
from engine.interpreter import Start
from engine.model import Automation, Json

_LOOKED_AT = 50


def last_real(journal: Journal, automation_id: str, *, active: Collection[str] = ()) -> str | None:
    """The newest run of it that is over and was able to send something; `active` go on in this process.

    One of a step alone knows the values of no other step: a run of more is taken before it.
    """
    wanted = RunFilter(automation_id=automation_id)
    rows = journal.catalog.runs(limit=_LOOKED_AT, wanted=wanted, active=active)
    # What never began has a row and no hash.
    real = [row for row in rows if row["content_hash"] and not row["is_going"] and not resuming.kind_of(row)]
    whole = (row for row in real if not _is_of_one_step(row))
    return next((str(row["run_id"]) for row in (*whole, *real)), None)


def _is_of_one_step(row: Mapping[str, object]) -> bool:
    _credentials, start = resuming.chosen(row)
    return start.count is not None


def values_before(
    journal: Journal, automation: Automation, step_id: str, run_id: str, *, is_only: bool = False
) -> tuple[Start, Mapping[str, Json]]:
    """Where a run begins at a step, and with which values, when an earlier run had come there.

    Raises LoopiError `run.no_such_step`, `run.redacted_value`, `run.not_real`, `history.no_such_run`.
    """
    row = journal.catalog.run(run_id)
    resuming.refuse_rehearsal(row)
    _credentials, before = resuming.chosen(row)
    return restoring.restored(
        automation, step_id, lambda: journal.events(run_id), before=before, is_only=is_only
    )
