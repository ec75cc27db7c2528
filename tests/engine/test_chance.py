import pytest

from drive.run import TAKEN, YES, Document, Driver, ending, run
from engine.chance import NAMES
from engine.effects import StepCall, Take
from engine.events import ValuesTaken, VariableSet
from engine.model import Json


def takes(driver: Driver) -> list[tuple[str, tuple[str, ...]]]:
    return [(effect.path, effect.names) for effect in driver.effects if isinstance(effect, Take)]


def setting(value: Json, step_id: str = "set") -> Document:
    return {"id": step_id, "type": "setVariable", "variableName": "x", "value": value}


def test_what_is_taken_is_recorded_at_its_step_before_it_is_used() -> None:
    driver = run(setting("{{now}} {{random}} {{ now | date }}"))

    taken = ValuesTaken({name: TAKEN[name] for name in ("now", "random")})
    assert [fact for _path, fact in driver.facts][2:4] == [
        taken,
        VariableSet("x", "2026-03-01T10:00:00.000Z 0.5 2026-03-01"),
    ]


def test_a_request_may_hold_them_too() -> None:
    driver = run({"type": "apiCall", "url": "https://h/{{uuid}}", "headers": {"X-At": "{{now}}"}})

    call = next(effect for effect in driver.effects if isinstance(effect, StepCall))
    assert call.params == {"url": "https://h/0-1-2-3", "headers": {"X-At": TAKEN["now"]}}
    assert takes(driver) == [("0", ("now", "uuid"))]


def test_a_variable_of_the_same_name_goes_first() -> None:
    driver = run(setting("{{now}}"), variables={"now": "mine"})

    assert takes(driver) == []
    assert ("0", VariableSet("x", "mine")) in driver.facts


@pytest.mark.parametrize("value", ["now", "{{ renown }}", '{{ "now" }}', "{{ x.now }}"])
def test_nothing_is_taken_that_no_field_names(value: str) -> None:
    fields: Document = {"type": "stop", "message": value, "onError": "continue"}

    assert takes(run(fields, variables={"renown": 1, "x": {"now": 1}})) == []


def test_a_loop_asks_its_condition_anew_in_each_round() -> None:
    condition: Json = {"left": "{{random}}", "operator": "greaterThan", "right": 1}
    driver = run({"type": "repeat", "until": condition, "limit": 2, "steps": []})

    assert takes(driver) == [("0/loop[0]", ("random",)), ("0/loop[1]", ("random",))]


def test_a_block_does_not_see_what_was_taken_for_the_step_around_it() -> None:
    loop: Document = {"type": "forEach", "items": ["{{now}}"], "steps": [setting("{{now}}")]}

    assert takes(run(loop)) == [("0", ("now",)), ("0/loop[0]/0", ("now",))]


def test_a_condition_that_is_tried_next_is_decided_once() -> None:
    chance: Json = {"left": "{{random}}", "operator": "lessThan", "right": 1}
    other: Document = {"id": "other", "type": "if", "condition": chance, "then": [setting(1)]}
    driver = run({"type": "if", "condition": {"not": YES}, "elseIf": [other]})

    assert takes(driver) == [("0", ("random",))]
    assert ending(driver).outcome == "succeeded"


def test_the_names_are_those_that_a_driver_answers() -> None:
    assert set(TAKEN) == NAMES
