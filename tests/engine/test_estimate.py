from dataclasses import replace
from typing import Any

import pytest

from drive.run import YES, automation
from engine.errors import LoopiError
from engine.estimate import Cost, estimate, refuse_unasked
from engine.price import Price

POST: dict[str, Any] = {"type": "twitterCreateTweet", "text": "a", "id": "post"}
FIND: dict[str, Any] = {"type": "twitterSearchTweets", "searchQuery": "a", "id": "find"}
CALL: dict[str, Any] = {"type": "apiCall", "method": "POST", "url": "https://h/", "id": "call"}


def cost(*steps: dict[str, Any]) -> Cost:
    return estimate(automation(*steps))


def each(items: object, *steps: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"type": "forEach", "id": f"loop{len(str(items))}", "items": items, "steps": list(steps), **more}


def times(count: object, *steps: dict[str, Any]) -> dict[str, Any]:
    return {"type": "repeat", "id": "again", "times": count, "steps": list(steps)}


def test_what_asks_no_service_that_charges_is_free() -> None:
    found = cost(CALL, {"type": "wait", "value": 1})
    assert (found.is_free, found.in_words(), found.loops) == (True, "", False)


def test_steps_are_added_up() -> None:
    found = cost(POST, FIND)
    assert (found.price, found.rounds) == (Price(15, 65), ())
    assert found.in_words() == "At X's prices of 28 August 2026, a run costs $0.015 to $0.065."


def test_a_disabled_step_costs_nothing() -> None:
    assert cost({**POST, "disabled": True}).is_free
    assert cost(each([1, 2], POST, disabled=True)).is_free


@pytest.mark.parametrize("loop", [each([1, 2, 3], POST), times(3, POST)])
def test_a_loop_that_says_how_often_is_multiplied(loop: dict[str, Any]) -> None:
    assert cost(loop) == Cost(Price(45, 45), (), posts=True, loops=True)


def test_loops_inside_loops_multiply() -> None:
    assert cost(each([1, 2], times(5, POST))).price == Price(150, 150)


@pytest.mark.parametrize(
    "loop",
    [
        each("{{cities}}", POST),
        times("{{n}}", POST),
        {"type": "repeat", "id": "again", "while": YES, "steps": [POST]},
    ],
)
def test_of_a_loop_of_unknown_length_a_round_is_told(loop: dict[str, Any]) -> None:
    found = cost(FIND, loop)
    assert (found.price, found.rounds) == (Price(0, 50), (("steps[1]", Price(15, 15)),))
    assert found.loops
    assert found.in_words() == (
        "At X's prices of 28 August 2026, a run costs up to $0.05, and $0.015 for each round of steps[1]."
    )


def test_a_loop_of_unknown_length_in_another_one_is_told_by_itself() -> None:
    found = cost(each([1, 2], each("{{a}}", POST)))
    assert (found.price, found.rounds) == (Price(0, 0), (("steps[0].steps[0]", Price(15, 15)),))


def test_of_the_sides_of_an_if_one_is_paid() -> None:
    def side(*texts: str) -> list[dict[str, Any]]:
        return [{**POST, "id": f"p{number}{text[0]}", "text": text} for number, text in enumerate(texts)]

    step = {
        "type": "if",
        "condition": YES,
        "then": side("a", "b"),
        "elseIf": [{"type": "if", "id": "other", "condition": YES, "then": side("c", "d", "e")}],
        "else": side("x.com/f"),
    }
    assert cost(step).price == Price(30, 200)
    assert cost({**step, "elseIf": [], "else": []}).price == Price(0, 30)


def test_the_handling_of_an_error_may_or_may_not_be_paid() -> None:
    step = {"type": "try", "steps": [POST], "onError": [{**POST, "id": "other"}]}
    assert cost(step).price == Price(15, 30)


@pytest.mark.parametrize("loop", [each([1], POST), each([], POST), times(1, POST), times(0, POST)])
def test_one_round_is_no_loop(loop: dict[str, Any]) -> None:
    assert not cost(loop).loops


@pytest.mark.parametrize("step", [FIND, {"type": "twitterRetweet", "tweetId": "1", "id": "r"}, CALL])
def test_only_what_is_made_once_for_others_to_see_is_asked_about(step: dict[str, Any]) -> None:
    assert not cost(each("{{a}}", step)).loops


def test_a_run_inside_a_run_is_counted_with_its_own_loops() -> None:
    inner = replace(automation(POST, each("{{a}}", {**POST, "id": "p2"})), id="inner", name="Inner")
    outer = automation(each([1, 2], {"type": "runAutomation", "automation": "inner", "id": "run"}))
    found = estimate(replace(outer, called={"inner": inner}))
    assert (found.price, found.loops) == (Price(30, 30), True)
    assert found.rounds == (("steps[1] of Inner", Price(15, 15)),)
    assert estimate(outer).is_free


def test_many_that_run_the_same_are_counted_in_no_time() -> None:
    twice = [{"type": "runAutomation", "automation": "next", "id": name} for name in ("a", "b")]
    chain = {
        f"a{number}": automation(*({**step, "automation": f"a{number + 1}"} for step in twice))
        for number in range(19)
    }
    chain["a19"] = automation(POST)
    start = automation({"type": "runAutomation", "automation": "a0"})
    assert estimate(replace(start, called=chain)).price.most == 15 * 2**19


def test_deep_blocks_need_no_recursion() -> None:
    step: dict[str, Any] = POST
    for number in range(150):
        step = {"type": "forEach", "id": f"l{number}", "items": [1], "steps": [step]}
    assert cost(step).price == Price(15, 15)


def test_a_loop_that_posts_is_refused_until_somebody_agreed() -> None:
    with pytest.raises(LoopiError, match=r"posts in a loop. At X's prices") as caught:
        refuse_unasked(cost(each([1, 2], POST)))
    assert caught.value.code == "run.not_confirmed"
    refuse_unasked(cost(POST))
