from pathlib import Path

from backend.runs.active import RunOptions
from backend.runs.earlier import last_real, values_before
from backend.runs.journal import Journal
from backend.runs.rehearsal import DryRun
from backend.runs.resuming import choices
from engine.events import VariableSet
from engine.interpreter import Start
from runs import automation, interrupted

SET = {"id": "s", "type": "setVariable", "variableName": "x", "value": "1"}
NEXT = {"id": "t", "type": "setVariable", "variableName": "y", "value": "{{x}}"}


def test_the_last_run_that_was_real_is_no_rehearsal_and_none_that_goes_on(tmp_path: Path) -> None:
    journal, of = Journal(tmp_path / "runs.db"), automation(SET, NEXT, id="a1")
    assert last_real(journal, "a1") is None
    interrupted(journal, of, ("0", VariableSet("x", "1")), run_id="real")
    journal.catalog.choose("dry", choices(RunOptions(rehearsal=DryRun(None))))
    interrupted(journal, of, run_id="dry")
    interrupted(journal, of, run_id="going")
    assert last_real(journal, "a1", active=["going"]) == "real"
    assert values_before(journal, of, "t", "real", is_only=True) == (Start(1, {}, 1), {"x": "1"})
    journal.close()
