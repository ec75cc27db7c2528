from drive.run import Document, ending, run
from engine.events import BranchTaken

YES: Document = {"left": "{{n}}", "operator": "equals", "right": 1}


def test_one_of_two_blocks_runs_and_its_name_is_recorded() -> None:
    stop: Document = {"id": "no", "type": "stop", "outcome": "failed"}

    driver = run({"type": "if", "condition": YES, "then": [], "else": [stop]}, variables={"n": 1})

    assert ("0", BranchTaken("then")) in driver.facts
    assert ending(driver).outcome == "succeeded"


def test_a_condition_that_cannot_be_decided_fails_the_step() -> None:
    driver = run(
        {"type": "if", "condition": {"left": "{{n}}", "operator": "lessThan", "right": 1}},
        variables={"n": None},
    )

    assert (ending(driver).error or {})["code"] == "condition.type"
