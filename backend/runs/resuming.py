"""Whether an interrupted run can go on, and with what. Refuses what would not be the same run."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from backend.runs.active import RunOptions
from backend.runs.doubt import Doubt, doubts_of, unknown_outcome
from backend.runs.journal import Intent, Journal
from engine.errors import LoopiError
from engine.interpreter import Start
from engine.model import Automation, Json
from engine.past import Past
from engine.secrets import BULLETS


def check(row: Mapping[str, object], automation: Automation) -> None:
    """Raises LoopiError `run.is_over`, `run.still_running`, `run.automation_changed`, `run.not_real`.

    `row`: see Catalog.
    """
    refuse_rehearsal(row)
    if row["outcome"] is not None:
        raise LoopiError(
            "run.is_over",
            "This run has come to its end: there is nothing to resume.",
            hint="Run the automation again, or from a step.",
        )
    if row["is_going"]:
        raise still_running()
    if row["content_hash"] != automation.content_hash:
        raise LoopiError(
            "run.automation_changed",
            f"“{automation.name}” was changed after this run began, so the run cannot go on with it.",
            hint="Undo the change and resume, or run the automation from the step where this run ended.",
        )


def still_running(hint: str = "") -> LoopiError:
    return LoopiError("run.still_running", "This run goes on: it was not interrupted.", hint=hint)


def nothing_recorded() -> LoopiError:
    return LoopiError(
        "run.nothing_recorded",
        "Nothing of this run is recorded: it did not begin.",
        hint="Choose another run: loopi history list shows them.",
    )


def kind_of(row: Mapping[str, object]) -> str:
    """What a run was when it sent nothing: `dry` or `replay`; empty for one that was real."""
    rehearsal = json.loads(str(row["choices"] or "{}")).get("rehearsal") or {}
    return str(rehearsal.get("kind", ""))


def refuse_rehearsal(row: Mapping[str, object]) -> None:
    """Raises LoopiError `run.not_real` for a run that sent nothing: nothing real can come of it."""
    kind = kind_of(row)
    if kind:
        raise LoopiError(
            "run.not_real",
            f"This was a {'dry run' if kind == 'dry' else 'replay'}: it sent nothing, "
            "and what its steps left is no answer of a service.",
            hint="Run the automation, or choose a run that was real.",
        )


def doubts(journal: Journal, run_id: str) -> list[Doubt]:
    """What the run had begun and nobody knows the outcome of."""
    intents = journal.intents(run_id)
    return doubts_of(intents, Past(journal.events(run_id))) if intents else []


def settled(intents: Iterable[Intent], past: Past, answers: Mapping[str, bool]) -> dict[str, Doubt]:
    """The doubts by path. Raises LoopiError `run.outcome_unknown` when one needs an answer and has none."""
    found = {doubt.path: doubt for doubt in doubts_of(intents, past)}
    for path, doubt in found.items():
        if doubt.must_ask and path not in answers:
            raise unknown_outcome(doubt, doubt.note)
    return found


def choices(options: RunOptions) -> Mapping[str, Json]:
    """What was chosen for this run alone, as its row keeps it."""
    kept: dict[str, Json] = {"credentials": options.credentials, "start": asdict(options.start)}
    rehearsal = options.rehearsal
    if rehearsal:
        kept["rehearsal"] = {"kind": rehearsal.kind, "of": rehearsal.of_run}
    return kept


def chosen(row: Mapping[str, object]) -> tuple[Mapping[str, str], Start]:
    """The credentials that were chosen by step id, and where the run began, from its row."""
    kept = json.loads(str(row["choices"] or "{}"))
    return kept.get("credentials", {}), Start(**kept.get("start", {}))


def variables(past: Past, automation: Automation) -> Mapping[str, Json]:
    """The first values. Raises LoopiError `run.redacted_value`: a secret is not in the record."""
    recorded = past.started.variables if past.started else {}
    for name, value in recorded.items():
        if BULLETS in json.dumps(value, ensure_ascii=False) and value != automation.variables.get(name):
            raise LoopiError(
                "run.redacted_value",
                f"The variable {name} held a secret, which is not kept in the history.",
                hint="Run the automation again, and give the variable its value.",
            )
    return recorded
