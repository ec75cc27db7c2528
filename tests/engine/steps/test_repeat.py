from typing import Any

import pytest

from drive.run import YES, Document, Driver, ending, problems_of, run
from engine.events import LoopEntered, StepFinished, VariableSet
from engine.model import Json

COUNT: Document = {"id": "count", "type": "modifyVariable", "variableName": "n", "operation": "increment"}
LESS: Json = {"left": "{{n}}", "operator": "lessThan", "right": 3}


def repeat(**fields: Json) -> Driver:
    return run({"id": "loop", "type": "repeat", "steps": [COUNT], **fields}, variables={"n": 0, "three": "3"})


def rounds(driver: Driver) -> list[int | None]:
    return [fact.total for _path, fact in driver.facts if isinstance(fact, LoopEntered)]


def code(driver: Driver) -> Json:
    return (ending(driver).error or {}).get("code")


def test_while_is_asked_before_each_round() -> None:
    assert len(rounds(repeat(**{"while": LESS}))) == 3
    assert rounds(repeat(**{"while": {"not": YES}})) == []


def test_until_is_asked_after_each_round() -> None:
    assert rounds(repeat(until=YES)) == [None]
    assert len(rounds(repeat(until={"not": LESS}))) == 3


@pytest.mark.parametrize("times", [3, "3", "{{three}}", "{{ three | number }}"])
def test_a_number_of_times_is_known_from_the_first_round_on(times: Json) -> None:
    assert rounds(repeat(times=times)) == [3, 3, 3]


@pytest.mark.parametrize("times", [-1, "many", "{{three}}.5", "1.5", "{{ [3] }}", "{{ true }}"])
def test_only_a_whole_number_counts_times(times: Json) -> None:
    assert code(repeat(times=times)) == "repeat.times"


@pytest.mark.parametrize("way", [{"while": YES}, {"until": {"not": YES}}, {"times": 9}])
def test_a_loop_that_reaches_its_limit_fails_and_says_so(way: dict[str, Any]) -> None:
    driver = repeat(**way, limit=4)

    assert len(rounds(driver)) == 4
    assert code(driver) == "repeat.limit"
    assert "after 4 rounds" in str((ending(driver).error or {})["message"])


def test_a_loop_that_ends_at_its_limit_is_at_its_end() -> None:
    assert ending(repeat(times=3, limit=3)).outcome == "succeeded"
    assert ending(repeat(limit=3, **{"while": LESS})).outcome == "succeeded"


def test_a_condition_that_never_changes_ends_by_itself_and_a_number_of_times_does_not() -> None:
    assert len(rounds(repeat(**{"while": YES}))) == 10_000
    assert ending(repeat(times=10_001)).outcome == "succeeded"


def test_the_round_knows_its_number_and_the_loop_keeps_what_was_left() -> None:
    keep: Document = {"id": "keep", "type": "setVariable", "variableName": "x", "value": "{{i}}"}
    driver = repeat(times=2, steps=[keep], indexVariable="i", storeKey="all")

    finished = [fact for path, fact in driver.facts if path == "0" and isinstance(fact, StepFinished)]
    assert finished[0].output == {"data": [0, 1], "count": 2}


def test_a_condition_that_cannot_be_decided_fails_the_loop() -> None:
    driver = repeat(until={"left": "{{missing}}", "operator": "equals", "right": 1})

    assert code(driver) == "template.unknown_name"
    assert [fact.value for _path, fact in driver.facts if isinstance(fact, VariableSet)] == [1]


def test_a_loop_has_exactly_one_way_to_end() -> None:
    assert problems_of(type="repeat", steps=[]) == {"steps[0]": "must have one of while, until and times"}
    assert list(problems_of(type="repeat", steps=[], times=1, until=YES)) == ["steps[0].times"]
    assert list(problems_of(type="repeat", steps=[], times=1, limit=0)) == ["steps[0].limit"]
    assert list(problems_of(type="repeat", steps=[], **{"while": {"left": 1}})) == ["steps[0].while"]
