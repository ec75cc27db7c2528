from itertools import pairwise

import pytest

from drive.run import BOOK, Document, document
from engine.errors import LoopiError
from engine.linking import linked
from engine.model import Automation
from engine.parse.document import parse
from engine.parse.problem import InvalidAutomation
from engine.steps.run_automation import MAX_DEPTH


def named(name: str, *calls: str, **around: int) -> Automation:
    steps: list[Document] = [
        {"id": f"c{index}", "type": "runAutomation", "automation": each} for index, each in enumerate(calls)
    ]
    if around:
        steps = [{"id": "loop", "type": "forEach", "items": [], "steps": steps, **around}]
    return parse({**document(*steps), "id": name.lower(), "name": name}, book=BOOK)


def problems(whole: Automation, *others: Automation) -> dict[str, str]:
    try:
        linked(whole, {each.name: each for each in others}.get)
    except InvalidAutomation as invalid:
        return {each.path: each.message for each in invalid.problems}
    return {}


def test_everything_that_is_run_is_found_once() -> None:
    asked: list[str] = []
    others = {each.name: each for each in (named("B", "C", "D"), named("C", "D"), named("D"))}

    def find(reference: str) -> Automation | None:
        asked.append(reference)
        return others.get(reference)

    whole = linked(named("A", "B", "C"), find)

    assert whole.called == others
    assert sorted(asked) == ["B", "C", "D"]


def test_the_hash_covers_what_is_run_and_nothing_changes_without_calls() -> None:
    alone, calling = named("A"), named("A", "B")

    assert linked(alone, lambda _reference: None) is alone
    first, second = (linked(calling, {"B": each}.get) for each in (named("B"), named("B", concurrency=2)))
    assert len({first.content_hash, second.content_hash, calling.content_hash}) == 3
    assert linked(calling, {"B": named("B")}.get).content_hash == first.content_hash


def test_what_is_not_there_is_named_with_its_place() -> None:
    found = problems(named("A", "B", "C"), named("B", "Z"))

    assert set(found) == {"steps[0].automation", "steps[1].automation"}
    assert "'Z'" in found["steps[0].automation"]
    assert "'C'" in found["steps[1].automation"]


def test_what_cannot_be_used_says_why() -> None:
    def find(_reference: str) -> Automation | None:
        raise LoopiError("automation.ambiguous", "2 automations have the name 'B'.")

    with pytest.raises(InvalidAutomation, match="2 automations have the name"):
        linked(named("A", "B"), find)


@pytest.mark.parametrize(
    ("others", "way"),
    [((), "A → A"), ((named("B", "A"),), "A → B → A"), ((named("B", "C"), named("C", "B")), "A → B → C → B")],
)
def test_a_circle_is_refused_and_shown(others: tuple[Automation, ...], way: str) -> None:
    whole = named("A", others[0].name if others else "A")

    found = problems(whole, whole, *others)

    assert found["steps[0].automation"].endswith(f": {way}")


def test_a_disabled_step_runs_nothing() -> None:
    off: Document = {"id": "off", "type": "runAutomation", "automation": "A", "disabled": True}

    assert problems(parse(document(off), book=BOOK)) == {}


@pytest.mark.parametrize(("length", "is_fine"), [(MAX_DEPTH, True), (MAX_DEPTH + 1, False), (5_000, False)])
def test_a_chain_has_its_greatest_length(length: int, is_fine: bool) -> None:  # noqa: FBT001  # a parameter
    chain = [named(f"N{index}", f"N{index + 1}") for index in range(length)]

    assert bool(problems(*chain, named(f"N{length}"))) != is_fine


def test_a_wide_net_is_measured_without_taking_every_way_through_it() -> None:
    levels = [[f"L{level}x{each}" for each in range(10)] for level in range(15)]
    net = [named(each, *below) for level, below in pairwise(levels) for each in level]

    assert problems(named("A", *levels[0]), *net, *(named(each) for each in levels[-1])) == {}


def test_loops_that_call_loops_do_not_make_too_many_rounds_together() -> None:
    assert problems(named("A", "B", concurrency=16), named("B", concurrency=16)) == {}
    assert (
        "256 rounds"
        in problems(named("A", "B", concurrency=16), named("B", concurrency=17))[
            "steps[0].steps[0].automation"
        ]
    )
    deeper = named("A", "B", concurrency=16), named("B", "C", concurrency=4), named("C", concurrency=5)
    assert problems(*deeper) != {}
