import pytest

from drive.check import assert_well_formed
from drive.run import BOOK, Document, Driver, automation, document, ending, failing, problems_of
from engine.events import RunFinished, StepFinished, VariableSet
from engine.interpreter import interpret
from engine.linking import linked
from engine.model import Automation, Json
from engine.parse.document import parse
from engine.state import fold
from engine.steps.run_automation import MAX_DEPTH

CALL: Document = {"id": "call", "type": "runAutomation", "automation": "Inner", "storeKey": "got"}
CALLED_ID = "inner"


def inner(*steps: Document, variables: Document | None = None) -> Automation:
    whole = {**document(*steps, variables=variables), "id": CALLED_ID, "name": "Inner"}
    return parse(whole, book=BOOK)


def setting(name: str, value: Json) -> Document:
    return {"id": f"set-{name}", "type": "setVariable", "variableName": name, "value": value}


def drive(called: Automation, *steps: Document, variables: Document | None = None) -> Driver:
    whole = automation(*steps, variables=variables)
    driver = Driver(failing)
    driver.drive(interpret(linked(whole, {"Inner": called}.get), {}))
    assert_well_formed(driver.events)
    return driver


def values(driver: Driver) -> dict[str, Json]:
    return {path: fact.value for path, fact in driver.facts if isinstance(fact, VariableSet)}


def code(driver: Driver) -> Json:
    return (ending(driver).error or {}).get("code")


def test_variables_go_in_and_what_the_last_step_left_comes_out() -> None:
    called = inner(setting("sum", "{{a + b}}"), variables={"a": 1, "b": 2})

    driver = drive(
        called, {**CALL, "variables": {"b": "{{n * 10}}"}}, setting("x", "{{got}}"), variables={"n": 4}
    )

    assert values(driver) == {"0/run/0": 41, "1": 41}


def test_the_result_may_be_a_variable_of_the_called_automation() -> None:
    called = inner(setting("total", [1, 2]), setting("other", 0))

    driver = drive(called, {**CALL, "resultVariable": "total"}, setting("x", "{{got}}"))

    assert values(driver)["1"] == [1, 2]
    assert code(drive(called, {**CALL, "resultVariable": "sum"})) == "template.unknown_name"


def test_neither_sees_the_others_variables_or_steps() -> None:
    assert code(drive(inner(setting("x", "{{n}}")), CALL, variables={"n": 1})) == "template.unknown_name"
    assert (
        code(drive(inner(setting("x", "{{steps.first}}")), setting("y", 1), CALL)) == "template.unknown_name"
    )
    called = inner(setting("mine", 1))
    assert code(drive(called, CALL, setting("x", "{{mine}}"))) == "template.unknown_name"
    assert fold(drive(called, CALL).events).variables == {"got": 1}


def test_a_failure_inside_is_the_steps_and_names_where_it_was() -> None:
    called = inner({"id": "fail", "type": "apiCall", "url": "https://h/"})

    driver = drive(called, CALL)

    assert (ending(driver).error or {})["path"] == "0/run/0"
    assert ending(drive(called, {**CALL, "onError": "continue"})).outcome == "succeeded"


def test_a_stop_ends_the_automation_that_it_stands_in() -> None:
    stop: Document = {"id": "stop", "type": "stop", "message": "Enough."}

    fine = drive(inner(stop, setting("never", 1)), CALL, setting("x", 1))
    broken = drive(inner({**stop, "outcome": "failed"}), CALL)

    assert (ending(fine).outcome, values(fine)) == ("succeeded", {"1": 1})
    assert ending(broken) == RunFinished(
        "failed", {"code": "run.stopped", "message": "Enough.", "hint": "", "path": "0"}
    )


def test_each_round_of_a_parallel_loop_runs_it_for_itself() -> None:
    loop: Document = {
        "type": "forEach",
        "items": [1, 2, 3],
        "concurrency": 2,
        "storeKey": "all",
        "steps": [{**CALL, "variables": {"n": "{{currentItem}}"}}],
    }

    driver = drive(inner(setting("x", "{{n * n}}")), loop)

    assert driver.facts[-2][1] == StepFinished("s0", "succeeded", {"data": [1, 4, 9], "count": 3}, "all")


def test_what_was_not_found_before_the_run_fails_the_step() -> None:
    driver = Driver()

    driver.drive(interpret(automation(CALL), {}))

    assert code(driver) == "run_automation.missing"


def test_a_circle_that_nobody_refused_ends_at_a_depth() -> None:
    own = inner(CALL)
    driver = Driver()

    driver.drive(interpret(Automation("a", "A", own.steps, called={"Inner": own}), {}))

    assert code(driver) == "run_automation.depth"
    assert sum(
        path.count("/run/") == MAX_DEPTH for path, fact in driver.facts if isinstance(fact, StepFinished)
    )
    assert_well_formed(driver.events)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"automation": "{{name}}"}, "automation"),
        ({"automation": ""}, "automation"),
        ({"automation": "x", "variables": {"7up": 1}}, "variables.7up"),
        ({"automation": "x", "variables": {"credentials": 1}}, "variables.credentials"),
        ({"automation": "x", "resultVariable": "a.b"}, "resultVariable"),
    ],
)
def test_what_is_run_is_written_out(fields: dict[str, Json], where: str) -> None:
    assert list(problems_of(type="runAutomation", **fields)) == [f"steps[0].{where}"]
