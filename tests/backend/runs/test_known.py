"""A step that is run alone with what an earlier run knew does what it did there."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.runs.known import last_path
from backend.runs.restoring import restored
from drive.random_automation import nested, numbered
from drive.run import Document, Driver, automation, failing
from engine.effects import StepCall
from engine.events import Event, StepFinished, StepStarted
from engine.interpreter import interpret
from engine.model import Automation, Json, walk
from engine.place import place_of

ASK: Document = {"id": "ask", "type": "apiCall", "url": "https://h/{{currentItem}}/{{loopIndex}}/{{said}}"}
SAY: Document = {"id": "say", "type": "setVariable", "variableName": "said", "value": "{{currentItem}}!"}
FAIL: Document = {"id": "fail", "type": "apiCall", "url": "https://h/"}


def driven(whole: Automation, variables: Mapping[str, Json]) -> Driver:
    driver = Driver(failing)
    driver.drive(interpret(whole, variables))
    return driver


def alone(whole: Automation, driver: Driver, step_id: str) -> Driver:
    start, variables = restored(whole, step_id, lambda: driver.events, is_only=True)
    again = Driver(failing)
    again.drive(interpret(whole, variables, start=start))
    return again


def ended(driver: Driver, path: str) -> StepFinished | None:
    found = [fact for where, fact in driver.facts if where == path and isinstance(fact, StepFinished)]
    return found[-1] if found else None


def asked(driver: Driver) -> list[str]:
    return [str(effect.params["url"]) for effect in driver.effects if isinstance(effect, StepCall)]


@pytest.mark.parametrize("concurrency", [1, 2])
def test_a_step_of_a_loop_asks_what_it_asked_last(concurrency: int) -> None:
    loop: Document = {"type": "forEach", "items": "{{cities}}", "concurrency": concurrency}
    steps: list[Json] = [SAY, ASK]
    whole = automation({**loop, "steps": steps}, variables={"cities": ["Oslo", "Rome"], "said": "none"})
    first = driven(whole, {})
    assert asked(alone(whole, first, "ask")) == asked(first)[-1:] == ["https://h/Rome/1/Rome%21"]


def test_loops_in_loops_and_counted_ones_have_their_own_variables() -> None:
    inner: Document = {
        "id": "in",
        "type": "forEach",
        "items": "{{row}}",
        "indexVariable": "n",
        "steps": [{**ASK, "url": "https://h/{{round}}/{{n}}/{{currentItem}}"}],
    }
    rows: Document = {"id": "rows", "type": "forEach", "items": [[1], [2, 3]], "itemVariable": "row"}
    whole = automation(
        {
            "type": "repeat",
            "times": 2,
            "indexVariable": "round",
            "steps": [{**rows, "indexVariable": "r", "steps": [inner]}],
        }
    )
    assert asked(alone(whole, driven(whole, {}), "ask")) == ["https://h/1/1/3"]


def test_what_went_wrong_is_known_where_it_is_dealt_with() -> None:
    told: Document = {**ASK, "url": "https://h/{{error.code}}/{{error.step}}/{{error.path}}"}
    whole = automation({"type": "try", "steps": [FAIL], "onError": [told]})
    assert asked(alone(whole, driven(whole, {}), "ask")) == ["https://h/http.status/fail/0%2Fsteps%2F0"]


def test_a_step_that_was_not_come_to_has_the_values_of_the_end_and_no_item() -> None:
    none: Document = {"type": "forEach", "items": [], "steps": [ASK]}
    whole = automation({**SAY, "value": "hello"}, none)
    start, variables = restored(whole, "ask", lambda: driven(whole, {}).events, is_only=True)
    assert (start.within, dict(variables)) == ("1/loop[0]/", {"said": "hello"})


def test_a_step_that_was_moved_since_gets_the_values_that_were_there() -> None:
    before = automation({"type": "forEach", "items": ["Oslo"], "steps": [SAY, ASK]})
    after = automation({"type": "try", "steps": [ASK]})
    start, variables = restored(after, "ask", lambda: driven(before, {"said": "x"}).events, is_only=True)
    assert start.within == "0/steps/"
    assert variables == {"said": "Oslo!"}


def test_a_step_of_an_automation_that_is_called_is_another_one() -> None:
    started = StepStarted("ask", "apiCall")
    own, called = (Event("r", 0, 0.0, path, started) for path in ("0", "1/run/0"))
    assert last_path("ask", lambda: [own, called], is_nested=True) == "0"


@settings(max_examples=200)
@given(st.lists(nested(), min_size=1, max_size=3))
def test_any_step_alone_does_what_it_did_last(steps: list[dict[str, Json]]) -> None:
    whole = automation(*numbered(steps), variables={"a": 2, "b": "x"})
    first = driven(whole, {})
    for step in walk(whole.steps):
        place = place_of(whole, step.id)
        assert place is not None
        path = last_path(step.id, lambda: first.events, is_nested=bool(place.within))
        if path:
            assert ended(alone(whole, first, step.id), path) == ended(first, path)
