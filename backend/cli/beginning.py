"""Where a run from the terminal begins when it is of a step alone or from it on, and with which values."""

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say: `only` this step, or `begin` at it, with the values of the run `of_run`."""

    only: str | None = None
    begin: str | None = None
    of_run: str | None = None


def beginning(session: Session, automation: "Automation", asked: Asked) -> Beginning:
    """At the first step, or at the step that is asked for, with what an earlier run left before it.

    That is `of_run`, or the last one; without any, the automation's own first values. Raises UsageProblem
    `usage.values_of`, `usage.only_or_from`, LoopiError `run.no_such_step`, `run.redacted_value`,
    `run.not_real`, `history.no_such_run`.
    """
    from backend.runs.earlier import last_real, values_before
    from backend.runs.restoring import start_at
    from engine.interpreter import FROM_THE_FIRST

    if asked.only is not None and asked.begin is not None:
        raise UsageProblem(
            "usage.only_or_from",
            "--only and --from cannot be used together.",
            hint="--only runs one step, --from that step and what follows it.",
        )
    step, is_only = asked.only or asked.begin, asked.only is not None
    if step is None:
        if asked.of_run is not None:
            raise UsageProblem(
                "usage.values_of",
                "--values-of goes with --only or --from.",
                hint="Name the step: --only STEP.",
            )
        return Beginning(FROM_THE_FIRST)
    journal = session.app.journal
    if asked.of_run is not None:
        run_id: str | None = journal.catalog.whole_id(asked.of_run)
    else:
        run_id = last_real(journal, automation.id)
    if run_id is None:
        return Beginning(start_at(automation, step, is_only=is_only))
    session.output.note(f"With the values of run {run_id[:8]}.")
    return Beginning(*values_before(journal, automation, step, run_id, is_only=is_only))
