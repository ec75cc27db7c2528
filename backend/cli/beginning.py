"""Where a run from the terminal begins when it is of one step alone, and with which values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.cli.prompt import UsageProblem
from backend.cli.session import Session

if TYPE_CHECKING:
    from engine.interpreter import Start
    from engine.model import Automation, Json


@dataclass(frozen=True, slots=True)
class Beginning:
    """As in RunOptions."""

    start: "Start"
    variables: "Mapping[str, Json]" = field(default_factory=dict)


def beginning(session: Session, automation: "Automation", only: str | None, of_run: str | None) -> Beginning:
    """At the first step, or for `only` that step alone, with what an earlier run left before it.

    That is `of_run`, or the last one; without any, the automation's own first values. Raises UsageProblem
    `usage.values_of`, LoopiError `run.no_such_step`, `run.redacted_value`, `run.not_real`,
    `history.no_such_run`.
    """
    from backend.runs.earlier import last_real, values_before
    from backend.runs.restoring import start_at
    from engine.interpreter import FROM_THE_FIRST

    if only is None:
        if of_run is not None:
            raise UsageProblem(
                "usage.values_of", "--values-of goes with --only.", hint="Name the step: --only STEP."
            )
        return Beginning(FROM_THE_FIRST)
    journal = session.app.journal
    if of_run is not None:
        run_id: str | None = journal.catalog.whole_id(of_run)
    else:
        run_id = last_real(journal, automation.id)
    if run_id is None:
        return Beginning(start_at(automation, only, is_only=True))
    session.output.note(f"With the values of run {run_id[:8]}.")
    return Beginning(*values_before(journal, automation, only, run_id, is_only=True))
