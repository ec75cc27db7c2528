"""Limits that are used up: waited for in the middle of a step, by all runs that share a credential."""

from dataclasses import replace

import pytest

from engine.errors import LoopiError
from engine.events import RequestSent, ResponseReceived, StepWaiting
from engine.http.error import HttpError
from engine.rate_limit import Limit
from engine.steps.twitter_message import SEND_DM
from engine.steps.twitter_read import SEARCH_TWEETS
from engine.steps.twitter_tweet import CREATE_TWEET
from engine.steps.twitter_user import SEARCH_USER
from engine.steps.waiting import wait_for
from servers import x_problems
from servers.clock import NOW, WaitedClock
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import XRun, credential, x_run

ME = Account()
MANY = x_problems.too_many(int(NOW) + 600)


@pytest.fixture
def clock(x: XServer, run: XRun) -> WaitedClock:
    clock = WaitedClock()
    run.resources.clock, run.max_wait_s = clock, 960
    x.state.now = clock.now
    return clock


def kinds(run: XRun) -> list[str]:
    return [type(fact).__name__ for fact in run.facts]


def test_the_last_request_of_a_window_lets_the_next_one_wait(
    x: XServer, run: XRun, clock: WaitedClock
) -> None:
    x.limit = 1
    assert [run.act(CREATE_TWEET, text=text).status for text in ("one", "two")] == ["ok", "ok"]
    assert clock.waits == [901]
    assert x.signature_failures == 0
    assert StepWaiting(NOW + 901, "limit of 15 minutes of X") in run.facts
    assert kinds(run) == [
        *("RequestSent", "ResponseReceived"),
        *("StepWaiting", "RequestSent", "ResponseReceived"),
    ]
    assert len(x.requests) == 2


def test_what_x_refused_as_too_early_is_signed_anew_and_sent_once_more(
    x: XServer, run: XRun, clock: WaitedClock
) -> None:
    x.fail_next(*MANY)
    assert run.act(CREATE_TWEET, text="once").status == "ok"
    assert clock.waits == [601]
    assert (len(x.requests), len(x.state.tweets), x.signature_failures) == (2, 1, 0)
    signatures = {request.header("authorization") for request in x.requests}
    assert len(signatures) == 2


def test_another_run_with_the_same_credential_waits_for_the_same_moment(
    x: XServer, run: XRun, clock: WaitedClock
) -> None:
    x.limit = 1
    run.act(SEARCH_USER, username=ME.username)
    with x_run(x.url) as other:
        other.resources.limits, other.resources.clock, other.max_wait_s = run.resources.limits, clock, 960
        other.act(SEARCH_USER, username=ME.username)
    assert other.facts[0] == StepWaiting(NOW + 901, "limit of 15 minutes of X")
    assert len(x.requests) == 2


def test_another_credential_does_not_wait(x: XServer, run: XRun, clock: WaitedClock) -> None:
    x.limit = 1
    run.act(SEARCH_USER, username=ME.username)
    run.credential = replace(credential(ME), id="c2")
    run.act(SEARCH_USER, username=ME.username)
    assert "StepWaiting" not in kinds(run)[:3]


def test_keys_that_are_written_into_a_step_share_nothing(x: XServer, run: XRun, clock: WaitedClock) -> None:
    run.credential = replace(credential(ME), id="")
    x.fail_next(*MANY)
    run.act(SEARCH_USER, username=ME.username)
    assert run.resources.limits.find("", "GET /2/users/by/username/:", NOW) is None
    assert clock.waits == [601]


def test_another_kind_of_request_does_not_wait(x: XServer, run: XRun, clock: WaitedClock) -> None:
    x.limit = 1
    run.act(SEARCH_USER, username=ME.username)
    run.act(SEARCH_TWEETS, searchQuery="a")
    assert clock.waits == []


def test_a_wait_longer_than_allowed_fails_the_step_with_the_time_and_sends_nothing(
    x: XServer, run: XRun, clock: WaitedClock
) -> None:
    x.limit = 1
    run.act(CREATE_TWEET, text="one")
    run.max_wait_s = 60
    error = run.refused(CREATE_TWEET, text="two")
    assert error.code == "limit.too_long"
    assert (
        "ends at 2026-09-21 14:28:21 UTC, in 16 minutes, and this step may wait 60 seconds" in error.message
    )
    assert "--max-wait" in error.hint
    assert (clock.waits, len(x.requests), len(run.intents)) == ([], 1, 1)


def test_a_refusal_that_would_take_too_long_keeps_the_words_of_x(
    x: XServer, run: XRun, clock: WaitedClock
) -> None:
    run.max_wait_s = 60
    x.fail_next(*MANY)
    failure = run.act(CREATE_TWEET, text="one").failure
    assert failure is not None
    assert (failure.code, failure.retry_at, clock.waits) == ("x.rate_limited", NOW + 601, [])


@pytest.mark.parametrize("problem", [x_problems.USAGE_CAP, x_problems.CREDITS_DEPLETED])
def test_what_waiting_does_not_cure_is_not_waited_for(
    x: XServer, run: XRun, clock: WaitedClock, problem: x_problems.Problem
) -> None:
    x.fail_next(*problem._replace(headers=MANY.headers))
    assert run.act(CREATE_TWEET, text="one").status == "error"
    assert (clock.waits, len(x.requests)) == ([], 1)


def test_a_service_that_refuses_for_ever_is_asked_five_times(
    x: XServer, run: XRun, clock: WaitedClock
) -> None:
    run.max_wait_s = 10_000
    for number in range(1, 9):
        x.fail_next(*x_problems.too_many(int(NOW) + 700 * number))
    failure = run.act(CREATE_TWEET, text="one").failure
    assert failure is not None
    assert (failure.code, len(x.requests)) == ("x.rate_limited", 5)


def test_a_step_waits_no_longer_than_allowed_however_often(x: XServer, run: XRun, clock: WaitedClock) -> None:
    for number in range(1, 9):
        x.fail_next(*x_problems.too_many(int(NOW) + 700 * number))
    assert run.act(CREATE_TWEET, text="one").status == "error"
    assert (len(x.requests), sum(clock.waits) <= run.max_wait_s) == (2, True)


def test_a_limit_without_an_end_is_not_waited_for(x: XServer, run: XRun, clock: WaitedClock) -> None:
    x.fail_next(*MANY._replace(headers={}))
    assert run.act(CREATE_TWEET, text="one").status == "error"
    assert clock.waits == []


def test_stop_ends_a_wait_before_anything_is_sent(x: XServer, run: XRun, clock: WaitedClock) -> None:
    x.limit = 1
    run.act(CREATE_TWEET, text="one")
    run.is_cancelled = lambda: True
    with pytest.raises(HttpError) as caught:
        run.act(CREATE_TWEET, text="two")
    assert (caught.value.code, caught.value.may_have_happened) == ("http.cancelled", False)
    assert len(x.requests) == 1


def test_a_post_is_intended_after_the_wait_and_a_look_up_is_not_intended_at_all(
    x: XServer, run: XRun, clock: WaitedClock
) -> None:
    x.limit = 1
    x.state.add_user("friend")
    run.act(SEND_DM, userId="@friend", text="one")
    run.act(SEND_DM, userId="@friend", text="two")
    waited = kinds(run).index("StepWaiting")
    sent = [number for number, fact in enumerate(run.facts) if isinstance(fact, RequestSent)]
    assert len(run.intents) == 2
    assert run.intents[1] > waited
    assert run.intents[0] > sent[0]
    assert isinstance(run.facts[-1], ResponseReceived)


def test_an_end_that_has_passed_is_no_wait(run: XRun) -> None:
    clock = WaitedClock()
    run.resources.clock = clock
    wait_for(Limit(NOW - 5, "limit"), run.context(CREATE_TWEET, {}))
    assert clock.waits == [0.0]


def test_a_limit_that_nobody_may_wait_for_is_told_so(run: XRun) -> None:
    with pytest.raises(LoopiError, match="this step may not wait"):
        wait_for(Limit(NOW + 5, "limit"), run.context(CREATE_TWEET, {}))
