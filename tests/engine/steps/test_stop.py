import pytest

from drive.run import Document, ending, run
from engine.events import RunFinished, StepStarted


@pytest.mark.parametrize("where", ["forEach", "parallel", "if"])
def test_a_stop_leaves_every_block_around_it(where: str) -> None:
    stop: Document = {"id": "stop", "type": "stop", "message": "Enough: {{n}}."}
    blocks: dict[str, Document] = {
        "forEach": {"type": "forEach", "items": [1, 2], "steps": [stop]},
        "parallel": {"type": "forEach", "items": [1, 2], "concurrency": 2, "steps": [stop]},
        "if": {"type": "if", "condition": {"left": 1, "operator": "exists"}, "then": [stop]},
    }

    driver = run(blocks[where], {"type": "wait", "value": 0}, variables={"n": 3})

    assert ending(driver) == RunFinished("succeeded")
    assert sum(isinstance(fact, StepStarted) for _path, fact in driver.facts) == 2


def test_a_stop_as_a_failure_says_why() -> None:
    driver = run({"type": "stop", "outcome": "failed", "message": "Enough: {{n}}."}, variables={"n": 3})

    assert ending(driver) == RunFinished(
        "failed", {"code": "run.stopped", "message": "Enough: 3.", "hint": "", "path": "0"}
    )


def test_a_stop_is_no_failure_that_could_be_passed_over() -> None:
    driver = run({"type": "stop", "outcome": "failed", "onError": "continue"}, {"type": "wait", "value": 0})

    assert ending(driver).outcome == "failed"
    assert (ending(driver).error or {})["message"] == "A stop step ended the run."
