from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drive.run import BOOK, Document, automation, document, problems, problems_of
from drive.templates import refusal
from engine.model import Json, walk
from engine.parse.document import parse
from engine.parse.reading import MAX_NESTING

WAIT: Document = {"type": "wait", "value": 0}


def test_loops_at_the_same_time_do_not_multiply_without_bound() -> None:
    inner: Document = {"id": "b", "type": "forEach", "items": [], "concurrency": 64, "steps": []}
    outer: Document = {"id": "a", "type": "forEach", "items": [], "concurrency": 64, "steps": [inner]}

    assert "more than 256 rounds" in problems(document(outer))["steps[0].steps[0].concurrency"]


def nested(depth: int) -> dict[str, Json]:
    step: dict[str, Json] = {"id": "last", "type": "setVariable", "variableName": "x", "value": depth}
    for level in range(depth):
        condition: Document = {"left": 1, "operator": "equals", "right": 1}
        step = {"id": f"n{level}", "type": "if", "condition": condition, "then": [step]}
    return step


@pytest.mark.parametrize("depth", [50, 190])
def test_steps_nest_deeply(depth: int) -> None:
    assert len(walk(automation(nested(depth)).steps)) == depth + 1


def test_steps_that_nest_too_deeply_are_refused() -> None:
    assert "nested more than 200 deep" in str(problems(document(nested(MAX_NESTING + 1))))


def deep(depth: int, wrap: str) -> Json:
    value: Json = {"left": 1, "operator": "exists"}
    for _ in range(depth):
        value = {wrap: value} if wrap == "not" else {wrap: [value]}
    return value


@pytest.mark.parametrize("wrap", ["not", "all"])
def test_a_condition_as_deep_as_allowed_is_read_and_a_deeper_one_refused(wrap: str) -> None:
    fits = 38 if wrap == "not" else 19

    assert len(automation({"type": "if", "condition": deep(fits, wrap)}).steps) == 1
    assert "nested too deeply" in problems_of(type="if", condition=deep(300, wrap))["steps[0]"]


def test_ten_thousand_steps_in_a_row_are_read() -> None:
    found = automation(*[WAIT] * 10_000)

    assert len(found.steps) == 10_000


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["wait", "if", "{{a}}"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "then", "steps", "retry", "condition", "value", "x"]), inner
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=3), st.dictionaries(st.sampled_from(["id", "variables", "description"]), JSON))
def test_random_documents_are_automations_or_lists_of_problems(
    steps: list[Json], more: Mapping[str, Json]
) -> None:
    whole = {"format": "loopi-automation/1", "name": "x", **more, "steps": steps}

    assert refusal(lambda: parse(whole, book=BOOK)) in {"", "automation.invalid"}
