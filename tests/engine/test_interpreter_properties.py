from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drive.check import assert_well_formed
from drive.random_automation import nested, numbered
from drive.run import Driver, automation, ending
from engine.interpreter import interpret
from engine.linking import linked
from engine.model import Json
from engine.past import Past
from engine.state import fold

CALLED = automation(
    {"id": "s0", "type": "setVariable", "variableName": "a", "value": "{{a}}{{c}}"},
    variables={"a": 1, "c": 2},
)
RUNS: dict[str, Json] = {"type": "runAutomation", "automation": "Inner", "variables": {"a": "{{a}}"}}


@given(st.lists(nested(), max_size=4), st.integers(0, 40), st.sampled_from([[], [RUNS]]))
def test_random_automations_give_well_formed_events(
    steps: list[dict[str, Json]], moment: int, calls: list[dict[str, Json]]
) -> None:
    all_steps = [*steps, *calls]
    whole = automation(*numbered(all_steps), variables={"a": 1, "c": "text"})
    whole = linked(replace(whole, id="outer"), lambda _reference: CALLED)

    for interrupt_at in (None, moment):
        driver = Driver(interrupt_at=interrupt_at)
        driver.drive(interpret(whole, {}))
        assert_well_formed(driver.events)
        state = fold(driver.events)
        assert state.outcome == ending(driver).outcome
        assert all(step.outcome is not None for step in state.steps.values())
        was_interrupted = interrupt_at is not None and interrupt_at < len(driver.effects)
        assert was_interrupted or state.outcome != "cancelled"


@given(st.lists(nested(), max_size=3))
def test_a_recorded_run_replays_to_the_same_events(steps: list[dict[str, Json]]) -> None:
    whole = automation(*numbered(steps), variables={"a": 1, "c": "text"})
    first, second = Driver(), Driver()
    first.drive(interpret(whole, {}))
    past = Past(first.events)

    second.drive(interpret(whole, {}))

    assert all(past.holds(event.path, event.fact) for event in second.events)
    assert past.is_over
