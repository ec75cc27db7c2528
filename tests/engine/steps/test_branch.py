from drive.run import Document, Driver, ending, problems_of, run
from engine.events import BranchTaken, StepStarted
from engine.model import Json

YES: Document = {"left": "{{n}}", "operator": "equals", "right": 1}
WAIT: Document = {"id": "w", "type": "wait", "value": 0}


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


def ladder(*others: Document, **fields: Json) -> Document:
    """An `if` that does not hold, and what is tried next."""
    return {"type": "if", "condition": {"not": YES}, "elseIf": list(others), **fields}


def other(step_id: str, condition: Json, **fields: Json) -> Document:
    stop: Document = {"id": f"{step_id}-stop", "type": "stop", "message": step_id}
    return {"id": step_id, "type": "if", "condition": condition, "then": [stop], **fields}


def reached(driver: Driver) -> list[str]:
    return [fact.step_id for _path, fact in driver.facts if isinstance(fact, StepStarted)][1:]


def test_the_first_condition_that_holds_is_taken_and_no_other() -> None:
    driver = run(
        ladder(other("a", {"not": YES}), other("b", YES), other("c", YES), **{"else": [WAIT]}),
        variables={"n": 1},
    )

    assert reached(driver) == ["b", "b-stop"]
    assert ("0", BranchTaken("elseIf")) in driver.facts
    assert ("0/elseIf/1", BranchTaken("then")) in driver.facts


def test_when_none_holds_the_rest_runs() -> None:
    driver = run(ladder(other("a", {"not": YES}), **{"else": [WAIT]}), variables={"n": 1})

    assert reached(driver) == ["w"]


def test_a_condition_that_is_left_out_is_not_tried() -> None:
    driver = run(ladder(other("a", YES, disabled=True), other("b", YES)), variables={"n": 1})

    assert reached(driver) == ["b", "b-stop"]


def test_a_failure_that_is_passed_over_tries_no_further_condition() -> None:
    broken: Document = {"id": "x", "type": "wait", "value": "{{missing}}"}
    failing = other("a", YES, then=[broken], onError="continue")
    driver = run(ladder(failing, other("b", YES), **{"else": [WAIT]}), variables={"n": 1})

    assert reached(driver) == ["a", "x"]
    assert ending(driver).outcome == "succeeded"


def test_a_nested_if_in_else_does_the_same() -> None:
    driver = run(ladder(**{"else": [other("b", YES)]}), variables={"n": 1})

    assert reached(driver) == ["b", "b-stop"]


def test_what_is_tried_next_is_an_if_without_an_else_of_its_own() -> None:
    found = problems_of(
        **ladder(WAIT, other("a", YES, **{"else": []}), other("b", YES, elseIf=[])), variables=None
    )

    assert {"steps[0].elseIf[0].type", "steps[0].elseIf[1].else", "steps[0].elseIf[2].elseIf"} <= set(found)
