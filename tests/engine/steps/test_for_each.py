import pytest

from drive.run import Document, Driver, automation, ending, fine, run
from engine.effects import Failure, Parallel, StepCall, StepResult
from engine.events import StepFinished, VariableSet
from engine.interpreter import interpret
from engine.model import Json

COUNT: Document = {"id": "count", "type": "modifyVariable", "variableName": "n", "operation": "increment"}


def output(driver: Driver) -> Json:
    finished = [fact for path, fact in driver.facts if path == "0" and isinstance(fact, StepFinished)]
    return finished[0].output


def test_rounds_in_turn_share_their_variables() -> None:
    driver = run(
        {"type": "forEach", "items": "{{rows}}", "steps": [COUNT]}, variables={"n": 0, "rows": [1, 2, 3]}
    )

    assert [fact.value for _path, fact in driver.facts if isinstance(fact, VariableSet)] == [1, 2, 3]


def test_rounds_at_the_same_time_do_not_see_each_other() -> None:
    loop: Document = {"type": "forEach", "items": [1, 2, 3], "concurrency": 3, "steps": [COUNT]}

    driver = run(loop, {"type": "setVariable", "variableName": "after", "value": "{{n}}"}, variables={"n": 0})

    assert [fact.value for _path, fact in driver.facts if isinstance(fact, VariableSet)] == [1, 1, 1, 0]
    group = next(effect for effect in driver.effects if isinstance(effect, Parallel))
    assert group.limit == 3


def test_a_failure_in_a_parallel_round_fails_the_loop() -> None:
    def world(call: StepCall) -> StepResult:
        failure = Failure("http.status", "The server answered 500.")
        return StepResult("error", {}, failure) if call.path == "0/loop[1]/0" else fine(call)

    ask: Document = {"id": "ask", "type": "apiCall", "url": "https://h/"}
    driver = run({"type": "forEach", "items": [1, 2, 3], "concurrency": 2, "steps": [ask]}, world=world)

    assert ending(driver).outcome == "failed"
    assert (ending(driver).error or {})["path"] == "0/loop[1]/0"


def test_the_last_step_of_each_round_is_kept_when_the_loop_stores() -> None:
    ask: Document = {"id": "ask", "type": "apiCall", "url": "https://h/{{row.id}}/{{i}}"}
    loop: Document = {
        "type": "forEach",
        "items": [{"id": "a"}, {"id": "b"}],
        "itemVariable": "row",
        "indexVariable": "i",
    }

    assert output(run({**loop, "steps": [COUNT, ask], "storeKey": "found"}, variables={"n": 0})) == {
        "data": ["https://h/a/0", "https://h/b/1"],
        "count": 2,
    }
    assert output(run({**loop, "steps": [COUNT, ask]}, variables={"n": 0})) == {"data": [], "count": 2}


@pytest.mark.parametrize("items", ["{{text}}", "{{nil}}", "{{object}}", "a,b"])
def test_only_a_list_has_rounds(items: str) -> None:
    driver = run(
        {"type": "forEach", "items": items, "steps": []},
        variables={"text": "abc", "nil": None, "object": {}},
    )

    assert (ending(driver).error or {})["code"] == "for_each.items"


def test_the_item_of_a_loop_is_gone_after_it() -> None:
    driver = run(
        {"type": "forEach", "items": [1], "steps": []},
        {"type": "setVariable", "variableName": "x", "value": "{{currentItem}}"},
    )

    assert (ending(driver).error or {})["code"] == "template.unknown_name"


def test_results_do_not_outgrow_the_largest_size() -> None:
    big = "x" * 1_000_000
    same: Document = {"id": "same", "type": "setVariable", "variableName": "y", "value": "{{big}}"}
    whole = automation({"type": "forEach", "items": list(range(20)), "storeKey": "all", "steps": [same]})
    driver = Driver()

    driver.drive(interpret(whole, {"big": big}))

    assert (ending(driver).error or {})["code"] == "template.too_large"
