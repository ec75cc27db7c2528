from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.effects import StepResult
from engine.errors import LoopiError
from engine.model import Json
from engine.steps.twitter_reconcile import SETTLED_S, _aims_alike, posted
from engine.steps.twitter_tweet import CREATE_TWEET
from servers.clock import NOW, StillClock
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import XRun

ME = Account()
LONG_AGO = NOW - SETTLED_S


def found(run: XRun, text: str, *, at: float = LONG_AGO) -> StepResult | None:
    params = {"text": text}
    return posted(params, run.context(CREATE_TWEET, params), at)


def tweeted(x: XServer, text: str) -> str:
    x.state.now = lambda: NOW
    return x.state.add_tweet(ME.user_id, text).id


def test_a_tweet_that_was_posted_is_found_and_leaves_what_posting_leaves(x: XServer, run: XRun) -> None:
    x.state.now = lambda: NOW
    left = run.act(CREATE_TWEET, text="30 °C & rising")
    x.state.add_tweet(ME.user_id, "Another one")
    assert found(run, "30 °C & rising") == left


def test_what_is_not_on_the_timeline_was_not_posted(x: XServer, run: XRun) -> None:
    tweeted(x, "Good morning, everyone")
    assert found(run, "Good morning") is None


def test_the_tweet_of_another_account_is_not_taken_for_it(x: XServer, run: XRun) -> None:
    x.state.add_tweet(x.state.add_user("other").id, "Good morning")
    assert found(run, "Good morning") is None


def test_a_tweet_of_an_earlier_day_is_not_taken_for_it(x: XServer, run: XRun) -> None:
    x.state.now = lambda: NOW - 86_400
    x.state.add_tweet(ME.user_id, "Good morning")
    assert found(run, "Good morning") is None


def test_a_link_is_found_in_the_form_that_x_gives_it(x: XServer, run: XRun) -> None:
    tweet_id = tweeted(x, "Read this: https://t.co/AbC123 now")
    result = found(run, "Read this: https://example.org/a/long?way=1 now")
    assert result is not None
    assert result.output["data"]["id"] == tweet_id  # type: ignore[call-overload,index]  # data of a tweet


def test_nothing_but_a_link_cannot_be_told_apart(run: XRun) -> None:
    with pytest.raises(LoopiError) as caught:
        found(run, "https://example.org/")
    assert caught.value.code == "run.outcome_unknown"


def test_two_that_say_the_same_cannot_be_told_apart(x: XServer, run: XRun) -> None:
    tweeted(x, "Twice https://t.co/a")
    tweeted(x, "Twice https://t.co/b")
    with pytest.raises(LoopiError) as caught:
        found(run, "Twice https://example.org/a")
    assert caught.value.code == "run.outcome_unknown"


def test_a_refusal_of_x_is_no_answer(x: XServer, run: XRun) -> None:
    x.fail_next(503, {})
    with pytest.raises(LoopiError) as caught:
        found(run, "Good morning")
    assert caught.value.code.startswith("x.")


def test_a_link_that_stays_as_it_was_written_is_found(x: XServer, run: XRun) -> None:
    tweeted(x, "Post see example.com/a")
    assert found(run, "Post see example.com/a") is not None


def test_the_same_words_to_somebody_else_are_not_taken_for_it(x: XServer, run: XRun) -> None:
    x.state.now = lambda: NOW - 60
    x.state.add_tweet(ME.user_id, "Thank you!")
    params = {"text": "Thank you!", "replyToTweetId": "1"}
    with pytest.raises(LoopiError) as caught:
        posted(params, run.context(CREATE_TWEET, params), NOW - 40)
    assert caught.value.code == "run.outcome_unknown"


@pytest.mark.parametrize(
    ("told", "same"),
    [
        ({"referenced_tweets": [{"type": "replied_to", "id": "7"}]}, True),
        ({"referenced_tweets": [{"type": "replied_to", "id": "8"}]}, False),
        ({"attachments": {"media_keys": ["3_5"]}}, False),
        ({}, True),
    ],
)
def test_a_tweet_must_have_the_aim_of_the_step(told: dict[str, Json], same: bool) -> None:  # noqa: FBT001
    assert _aims_alike(told, {"text": "a", "replyToTweetId": "7"}) is same


class Waiting(StillClock):
    def __init__(self) -> None:
        self.waits: list[float] = []

    def wait(self, seconds: float, is_cancelled: Callable[[], bool]) -> None:
        self.waits.append(seconds)


def test_a_fresh_intent_is_given_time_to_show(x: XServer, run: XRun) -> None:
    clock = Waiting()
    params = {"text": "Good morning"}
    context = run.context(CREATE_TWEET, params)
    context = replace(context, resources=replace(context.resources, clock=clock))
    assert posted(params, context, NOW - 10) is None
    assert clock.waits == [SETTLED_S - 10]
