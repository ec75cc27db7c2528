"""Random automations for tests: every kind of step that needs no service, in every nesting."""

from typing import Any

from hypothesis import strategies as st

from engine.model import BLOCKS, Json

Steps = st.SearchStrategy[list[dict[str, Json]]]
Step = st.SearchStrategy[dict[str, Json]]

NAME = st.sampled_from(["a", "b", "c"])
VALUE = st.sampled_from(
    ["{{a}}", "{{random}}", "{{b | default(1)}}", "7", "x", 1, [1, 2], "{{a}}{{c}}", None]
)
CONDITION = st.builds(
    lambda left, operator, right: {"left": left, "operator": operator, "right": right},
    VALUE,
    st.sampled_from(["equals", "exists", "greaterThan", "contains"]),
    VALUE,
)
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "onError": st.sampled_from(["stop", "continue"]),
    "disabled": st.sampled_from([False, False, True]),
}


def _step(type_id: str, **fields: st.SearchStrategy[Any]) -> Step:
    return st.fixed_dictionaries({"type": st.just(type_id), **fields, **COMMON})


FLAT = st.one_of(
    _step("setVariable", variableName=NAME, value=VALUE),
    _step(
        "modifyVariable",
        variableName=NAME,
        operation=st.sampled_from(["increment", "append"]),
        value=VALUE,
    ),
    _step("wait", value=st.sampled_from([0, "{{a}}", 1.5])),
    _step("stop", outcome=st.sampled_from(["succeeded", "failed"])),
)


def nested(flat: Step = FLAT, *, max_leaves: int = 6) -> Step:
    """Steps of which some hold others."""
    return st.recursive(flat, _blocks, max_leaves=max_leaves)


def _blocks(inner: Step) -> Step:
    steps = st.lists(inner, max_size=2)
    chain = st.lists(_step("if", condition=CONDITION, then=steps), max_size=2)
    way = st.one_of(
        st.fixed_dictionaries({"times": st.sampled_from([0, 2, "{{a}}"])}),
        st.fixed_dictionaries({"while": CONDITION}),
        st.fixed_dictionaries({"until": CONDITION}),
    )
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("if"), "condition": CONDITION, "then": steps, "else": steps, **COMMON},
            optional={"elseIf": chain},
        ),
        _step(
            "forEach",
            items=st.sampled_from([[1, 2], [], "{{a}}"]),
            concurrency=st.sampled_from([1, 2]),
            storeKey=NAME,
            steps=steps,
        ),
        st.builds(
            lambda chosen, rest: {**chosen, **rest}, way, _step("repeat", limit=st.just(3), steps=steps)
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("try"),
                "steps": steps,
                "onError": steps,
                "finally": st.lists(inner, max_size=1),
                "disabled": st.sampled_from([False, True]),
            }
        ),
    )


def numbered(steps: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Copies with an id each, those within them too."""
    copies = [dict(step) for step in steps]
    waiting, count = list(copies), 0
    while waiting:
        step = waiting.pop()
        step["id"], count = f"s{count}", count + 1
        for block in BLOCKS:
            held = step.get(block)
            if isinstance(held, list):
                inner = [dict(each) for each in held if isinstance(each, dict)]
                step[block] = list(inner)
                waiting.extend(inner)
    return copies
