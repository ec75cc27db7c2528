from hypothesis import given
from hypothesis import strategies as st

from drive.check import assert_well_formed
from drive.run import Driver, automation
from engine.interpreter import interpret
from engine.model import Json

NAME = st.sampled_from(["a", "b", "c"])


VALUE = st.sampled_from(["{{a}}", "{{b | default(1)}}", "7", "x", 1, [1, 2], "{{a}}{{c}}", None])


CONDITION = st.builds(
    lambda left, operator, right: {"left": left, "operator": operator, "right": right},
    VALUE,
    st.sampled_from(["equals", "exists", "greaterThan", "contains"]),
    VALUE,
)


COMMON = {"onError": st.sampled_from(["stop", "continue"]), "disabled": st.sampled_from([False, False, True])}


FLAT = st.one_of(
    st.fixed_dictionaries({"type": st.just("setVariable"), "variableName": NAME, "value": VALUE, **COMMON}),
    st.fixed_dictionaries(
        {
            "type": st.just("modifyVariable"),
            "variableName": NAME,
            "operation": st.sampled_from(["increment", "append"]),
            "value": VALUE,
            **COMMON,
        }
    ),
    st.fixed_dictionaries({"type": st.just("wait"), "value": st.sampled_from([0, "{{a}}", 1.5]), **COMMON}),
    st.fixed_dictionaries(
        {"type": st.just("stop"), "outcome": st.sampled_from(["succeeded", "failed"]), **COMMON}
    ),
)


STEPS = st.recursive(
    FLAT,
    lambda inner: st.one_of(
        st.fixed_dictionaries(
            {
                "type": st.just("if"),
                "condition": CONDITION,
                "then": st.lists(inner, max_size=2),
                "else": st.lists(inner, max_size=2),
                **COMMON,
            }
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("forEach"),
                "items": st.sampled_from([[1, 2], [], "{{a}}"]),
                "concurrency": st.sampled_from([1, 2]),
                "storeKey": NAME,
                "steps": st.lists(inner, max_size=2),
                **COMMON,
            }
        ),
    ),
    max_leaves=5,
)


def numbered(steps: list[dict[str, Json]]) -> list[dict[str, Json]]:
    waiting, count = list(steps), 0
    while waiting:
        step = waiting.pop()
        step["id"], count = f"s{count}", count + 1
        for block in ("then", "else", "steps"):
            inner = [dict(each) for each in step.get(block, [])]  # type: ignore[union-attr, arg-type]  # steps
            if inner:
                step[block] = inner
                waiting.extend(inner)
    return steps


@given(st.lists(STEPS, max_size=4), st.integers(0, 30))
def test_random_automations_give_well_formed_events(steps: list[dict[str, Json]], moment: int) -> None:
    whole = automation(*numbered([dict(step) for step in steps]), variables={"a": 1, "c": "text"})

    for interrupt_at in (None, moment):
        driver = Driver(interrupt_at=interrupt_at)
        driver.drive(interpret(whole, {}))
        assert_well_formed(driver.events)
