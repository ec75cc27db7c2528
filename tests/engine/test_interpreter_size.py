import gc
import tracemalloc

import pytest

from drive.check import assert_well_formed
from drive.run import YES, Document, automation, ending, failing, run
from engine.effects import StepCall, StepResult
from engine.events import StepFinished
from engine.interpreter import interpret
from engine.model import Json

WAIT: Document = {"type": "wait", "value": 0}


def nested(depth: int, inside: Document) -> Document:
    step = inside
    for level in range(depth):
        if level % 2:
            step = {"id": f"n{level}", "type": "forEach", "items": [1], "steps": [step]}
        else:
            step = {"id": f"n{level}", "type": "if", "condition": YES, "then": [step]}
    return step


@pytest.mark.parametrize("depth", [50, 190])
def test_deep_nesting_meets_no_recursion_limit(depth: int) -> None:
    fail: Document = {"id": "fail", "type": "apiCall", "url": "https://h/"}

    driver = run(nested(depth, fail), world=failing)

    assert_well_formed(driver.events)
    assert ending(driver).outcome == "failed"
    assert len(driver.events) == 2 + 2 * (depth + 1) + depth


def test_ten_thousand_steps_in_a_row_run() -> None:
    driver = run(*[WAIT] * 10_000)

    assert_well_formed(driver.events)
    assert ending(driver).outcome == "succeeded"


def test_a_data_value_that_is_nested_too_deeply_fails_its_step_only() -> None:
    deep: Json = 1
    for _ in range(50_000):
        deep = [deep]

    def world(_call: StepCall) -> StepResult:
        return StepResult("ok", {"data": deep})

    driver = run(
        {"id": "call", "type": "apiCall", "url": "https://h/", "storeKey": "page"},
        {
            "type": "if",
            "condition": {"left": "{{page}}", "operator": "equals", "right": "{{page[0]}}"},
            "onError": "continue",
        },
        {"type": "stop", "message": "{{page}}", "onError": "continue"},
        {"type": "setVariable", "variableName": "x", "value": 1},
        world=world,
    )

    assert ending(driver).outcome == "succeeded"
    finished = [fact for _path, fact in driver.facts if isinstance(fact, StepFinished)]
    assert [fact.outcome for fact in finished] == ["succeeded", "failed", "failed", "succeeded"]


def peak_of_rounds(rounds: int) -> int:
    count: Document = {"id": "count", "type": "modifyVariable", "variableName": "n", "operation": "increment"}
    fail: Document = {"id": "fail", "type": "apiCall", "url": "https://h/", "onError": "continue"}
    whole = automation(
        {"type": "forEach", "items": "{{items}}", "steps": [count, fail]},
        variables={"n": 0, "items": list(range(rounds))},
    )
    generator = interpret(whole, {})
    gc.collect()
    tracemalloc.start()
    try:
        effect = generator.send(None)
        while True:
            effect = generator.send(failing(effect) if isinstance(effect, StepCall) else None)
    except StopIteration:
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_rounds_of_a_loop_leave_no_memory_behind() -> None:
    few, many = peak_of_rounds(300), peak_of_rounds(3_000)

    assert many < few + 200_000
