import gc
import tracemalloc

import pytest

from drive.check import assert_well_formed
from drive.run import YES, Document, automation, ending, failing, run
from engine.effects import Note, StepCall, StepResult
from engine.events import LoopEntered, RunFinished, StepFinished
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


def test_a_hundred_thousand_rounds_leave_no_memory_behind() -> None:
    count: Document = {"id": "count", "type": "modifyVariable", "variableName": "n", "operation": "increment"}
    until: Json = {"left": "{{n}}", "operator": "greaterOrEqual", "right": "{{wanted}}"}
    whole = automation(
        {"id": "loop", "type": "repeat", "until": until, "limit": 200_000, "steps": [count]},
        variables={"n": 0, "wanted": 100_000},
    )
    run_of = interpret(whole, {})
    rounds, before, last = 0, 0, None
    for effect in run_of:
        last = effect
        rounds += isinstance(effect, Note) and isinstance(effect.fact, LoopEntered)
        if rounds == 1_000 and not before:
            before = resident_kib()

    assert rounds == 100_000
    assert isinstance(last, Note)
    assert last.fact == RunFinished("succeeded")
    assert resident_kib() - before < 10_000


@pytest.mark.parametrize("kind", ["try", "repeat", "elseIf"])
def test_every_kind_of_block_may_be_nested_deeply(kind: str) -> None:
    step: Document = {"id": "stop", "type": "stop", "message": "Here."}
    for level in range(150):
        blocks: dict[str, Document] = {
            "try": {
                "type": "try",
                "steps": [{"id": f"f{level}", "type": "wait", "value": "x"}],
                "onError": [step],
            },
            "repeat": {"type": "repeat", "times": 1, "steps": [step]},
            "elseIf": {
                "type": "if",
                "condition": {"not": YES},
                "elseIf": [{"id": f"e{level}", "type": "if", "condition": YES, "then": [step]}],
            },
        }
        step = {**blocks[kind], "id": f"n{level}"}
        if kind == "elseIf" and level == 70:
            break

    driver = run(step)

    assert ending(driver).outcome == "succeeded"
    assert_well_formed(driver.events)


def resident_kib() -> int:
    """The most memory that this process ever had."""
    resource = pytest.importorskip("resource")
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
