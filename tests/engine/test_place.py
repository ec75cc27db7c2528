import pytest

from engine.model import walk
from engine.place import Place, block_at, place_of
from runs import automation

SAY = {"id": "say", "type": "setVariable", "variableName": "x", "value": "1"}
CONDITION = {"left": 1, "operator": "exists"}
WHOLE = automation(
    {**SAY, "id": "first"},
    {
        "id": "all",
        "type": "forEach",
        "items": [1, 2],
        "steps": [
            {
                "id": "try",
                "type": "try",
                "steps": [{**SAY, "id": "tried"}],
                "onError": [{**SAY, "id": "failed"}],
                "finally": [{**SAY, "id": "last"}],
            }
        ],
    },
    {
        "id": "if",
        "type": "if",
        "condition": CONDITION,
        "then": [{"id": "again", "type": "repeat", "times": 2, "steps": [{**SAY, "id": "round"}]}],
        "elseIf": [{"id": "other", "type": "if", "condition": CONDITION, "then": [{**SAY, "id": "deep"}]}],
        "else": [SAY],
    },
)


@pytest.mark.parametrize(
    ("step_id", "path", "around"),
    [
        ("first", "0", []),
        ("tried", "1/loop[0]/0/steps/0", ["all", "try"]),
        ("failed", "1/loop[0]/0/onError/0", ["all", "try"]),
        ("last", "1/loop[0]/0/finally/0", ["all", "try"]),
        ("round", "2/then/0/loop[0]/0", ["if", "again"]),
        ("deep", "2/elseIf/0/then/0", ["if", "other"]),
        ("say", "2/else/0", ["if"]),
    ],
)
def test_a_step_has_the_path_that_a_run_gives_it(step_id: str, path: str, around: list[str]) -> None:
    place = place_of(WHOLE, step_id)
    assert place is not None
    assert (place.path, [each.id for each in place.around]) == (path, around)


def test_every_step_is_found_in_its_block() -> None:
    for step in walk(WHOLE.steps):
        place = place_of(WHOLE, step.id)
        assert place is not None
        assert block_at(WHOLE, place.within)[place.index] is step
    assert place_of(WHOLE, "none") is None


def test_a_place_is_found_in_other_rounds_and_not_in_another_path() -> None:
    place = Place(0, "1/loop[0]/0/steps/")
    assert place.in_rounds_of("1/loop[7]/0/steps/0") == Place(0, "1/loop[7]/0/steps/")
    assert block_at(WHOLE, "1/loop[7]/0/steps/")[0].id == "tried"
    for other in ("", "1/loop[7]/1/steps/0", "1/loop[7]/0/onError/0", "2/loop[7]/0/steps/0"):
        assert place.in_rounds_of(other) is None
