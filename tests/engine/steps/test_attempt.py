import pytest

from drive.check import assert_well_formed
from drive.run import Document, Driver, automation, ending, failing, problems_of, run
from engine.events import StepFinished, StepStarted, VariableSet
from engine.interpreter import interpret
from engine.model import Json

FAIL: Document = {"id": "fail", "type": "apiCall", "url": "https://h/"}
COUNT: Document = {"type": "modifyVariable", "variableName": "n", "operation": "increment"}


def setting(name: str, value: Json) -> Document:
    return {"id": f"set-{name}", "type": "setVariable", "variableName": name, "value": value}


def attempt(**blocks: Json) -> Driver:
    whole: Document = {"id": "try", "type": "try", "storeKey": "got", **blocks}
    return run(whole, setting("after", "{{got}}"), world=failing, variables={"n": 0})


def values(driver: Driver) -> dict[str, Json]:
    return {fact.name: fact.value for _path, fact in driver.facts if isinstance(fact, VariableSet)}


def test_a_failure_is_told_to_the_steps_that_handle_it() -> None:
    told = "{{error.message}}|{{error.code}}|{{error.step}}|{{error.path}}|{{error.hint}}"
    driver = attempt(steps=[FAIL, setting("never", 1)], onError=[setting("why", told)])

    assert ending(driver).outcome == "succeeded"
    why = "The server answered 500.|http.status|fail|0/steps/0|"
    assert values(driver) == {"why": why, "after": why}


def test_the_error_may_have_another_name_and_is_gone_afterwards() -> None:
    handle = [setting("why", "{{problem.code}}")]
    driver = attempt(steps=[FAIL], errorVariable="problem", onError=handle)

    assert values(driver)["why"] == "http.status"
    later = run({"id": "try", "type": "try", "steps": [FAIL]}, setting("x", "{{error.code}}"), world=failing)
    assert (ending(later).error or {})["code"] == "template.unknown_name"


def test_without_steps_that_handle_it_a_failure_is_passed_over_and_still_known() -> None:
    driver = run(
        {"id": "try", "type": "try", "steps": [FAIL]},
        setting("why", "{{steps.try.error.message}}"),
        world=failing,
    )

    assert values(driver) == {"why": "The server answered 500."}


def test_when_the_handling_fails_too_its_own_failure_is_the_steps() -> None:
    driver = attempt(steps=[FAIL], onError=[setting("x", "{{error.code}} {{missing}}")])

    assert ending(driver).outcome == "failed"
    error = ending(driver).error or {}
    assert (error["code"], error["path"]) == ("template.unknown_name", "0/onError/0")


@pytest.mark.parametrize(
    ("blocks", "outcome"),
    [
        ({"steps": []}, "succeeded"),
        ({"steps": [FAIL]}, "succeeded"),
        ({"steps": [FAIL], "onError": [{**FAIL, "id": "fail-too"}]}, "failed"),
        ({"steps": [{"id": "stop", "type": "stop"}]}, "succeeded"),
    ],
)
def test_what_is_to_be_done_in_any_case_is_done(blocks: dict[str, Json], outcome: str) -> None:
    driver = attempt(**blocks, **{"finally": [{**COUNT, "id": "count"}]})

    assert values(driver)["n"] == 1
    assert ending(driver).outcome == outcome


def test_a_failure_at_the_very_end_takes_the_place_of_the_first() -> None:
    driver = attempt(
        steps=[FAIL], onError=[{**FAIL, "id": "fail-too"}], **{"finally": [setting("x", "{{missing}}")]}
    )

    assert (ending(driver).error or {})["path"] == "0/finally/0"


def test_a_try_may_stand_in_the_handling_of_another() -> None:
    inner: Document = {
        "id": "inner",
        "type": "try",
        "steps": [setting("x", "{{missing}}")],
        "onError": [setting("inner", "{{error.code}}")],
    }
    driver = attempt(steps=[FAIL], onError=[inner, setting("outer", "{{error.code}}")])

    assert values(driver)["inner"] == "template.unknown_name"
    assert values(driver)["outer"] == "http.status"


def test_stop_is_no_failure_that_could_be_handled_and_begins_nothing_more() -> None:
    whole = automation(
        {
            "id": "try",
            "type": "try",
            "steps": [{"id": "wait", "type": "wait", "value": 5}],
            "onError": [{**COUNT, "id": "a"}],
            "finally": [{**COUNT, "id": "b"}],
        },
        variables={"n": 0},
    )
    driver = Driver(interrupt_at=3)

    driver.drive(interpret(whole, {}))

    assert ending(driver).outcome == "cancelled"
    assert [path for path, fact in driver.facts if isinstance(fact, StepStarted)] == ["0", "0/steps/0"]
    assert_well_formed(driver.events)


def test_a_parallel_round_that_fails_is_handled_outside_its_loop() -> None:
    loop: Document = {"id": "loop", "type": "forEach", "items": [1, 2], "concurrency": 2, "steps": [FAIL]}
    driver = attempt(steps=[loop], onError=[setting("where", "{{error.step}} {{error.path}}")])

    assert values(driver)["where"] == "fail 0/steps/0/loop[0]/0"
    finished = [fact.outcome for path, fact in driver.facts if path == "0" and isinstance(fact, StepFinished)]
    assert finished == ["succeeded"]


def test_on_error_is_a_block_here_and_a_word_in_every_other_step() -> None:
    assert problems_of(type="try", steps=[], onError="continue") == {"steps[0].onError": "must be a list"}
    assert problems_of(type="wait", value=1, onError=[]) != {}
    assert problems_of(type="try", steps=[], onError=[{"id": "x", "type": "wait"}]) == {
        "steps[0].onError[0].value": "is missing"
    }
