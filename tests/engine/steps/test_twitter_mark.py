import pytest

from engine.steps.action import Action
from engine.steps.twitter_mark import LIKE_TWEET, RETWEET, UNDO_RETWEET, UNLIKE_TWEET
from servers import x_problems
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import XRun, credential

ME = Account()
ALL = (LIKE_TWEET, UNLIKE_TWEET, RETWEET, UNDO_RETWEET)


@pytest.mark.parametrize(
    ("pair", "word"), [((LIKE_TWEET, UNLIKE_TWEET), "liked"), ((RETWEET, UNDO_RETWEET), "retweeted")]
)
def test_a_mark_is_made_and_taken_back_by_id_or_address(
    x: XServer, run: XRun, pair: tuple[Action, Action], word: str
) -> None:
    do, undo = pair
    tweet = x.state.add_tweet(x.state.add_user("friend").id, "a")
    kept = x.state.likes if word == "liked" else x.state.retweets
    assert run.act(do, tweetId=f"https://x.com/friend/status/{tweet.id}").output["data"] == {word: True}
    assert kept == {(ME.user_id, tweet.id)}
    assert run.act(undo, tweetId=int(tweet.id)).output["data"] == {word: False}
    assert kept == set()


@pytest.mark.parametrize("action", ALL)
def test_a_look_alike_address_is_refused_before_any_request(x: XServer, run: XRun, action: Action) -> None:
    assert run.refused(action, tweetId="https://twitter.com.evil.example/a/status/1").code == "x.tweet_id"
    assert x.requests == []


@pytest.mark.parametrize("action", [LIKE_TWEET, RETWEET])
def test_a_tweet_that_is_not_there_fails_although_x_answers_200(run: XRun, action: Action) -> None:
    result = run.act(action, tweetId="1")
    assert result.failure is not None
    assert (result.status, result.failure.code) == ("error", "x.not_found")


@pytest.mark.parametrize(
    "problem", [x_problems.problem(403, "Forbidden", "Forbidden"), x_problems.ENTERPRISE_ONLY]
)
def test_a_refused_like_says_that_the_plan_does_not_include_it(
    x: XServer, run: XRun, problem: x_problems.Problem
) -> None:
    x.fail_next(*problem)
    failure = run.act(LIKE_TWEET, tweetId="1").failure
    assert failure is not None
    assert failure.code == "x.forbidden.plan"
    assert "enterprise" in failure.hint
    assert "X answered 403" in failure.message


def test_a_like_that_is_refused_for_another_reason_says_that_reason(x: XServer, run: XRun) -> None:
    x.fail_next(*x_problems.NO_WRITE_PERMISSION)
    failure = run.act(LIKE_TWEET, tweetId="1").failure
    assert failure is not None
    assert failure.code == "x.forbidden.no_write_permission"


def test_a_mark_may_be_made_again() -> None:
    assert {action.classify({}) for action in ALL} == {"idempotent"}


def test_a_like_is_warned_of_before_it_is_refused() -> None:
    assert "enterprise" in LIKE_TWEET.warn({"tweetId": "1"})[0]
    assert RETWEET.warn({"tweetId": "1"}) == []


def test_a_like_that_is_refused_for_another_reason_is_not_laid_to_the_plan(x: XServer, run: XRun) -> None:
    tweet = x.state.add_tweet(x.state.add_user("friend").id, "a")
    x.fail_next(403, {"title": "Forbidden", "detail": "You have been blocked by its author.", "status": 403})
    result = run.act(LIKE_TWEET, tweetId=tweet.id)
    assert result.failure is not None
    assert (result.failure.code, "blocked" in result.failure.message) == ("x.forbidden", True)


def test_a_token_without_an_accounts_number_is_never_an_address(x: XServer, run: XRun) -> None:
    run.credential = credential(ME, accessToken="nodashTOKEN1234")
    assert run.refused(LIKE_TWEET, tweetId="1").code == "credential.incomplete"
    assert x.requests == []
