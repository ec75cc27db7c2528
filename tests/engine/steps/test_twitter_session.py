"""Between the steps and X: signatures, lost answers, broken answers, and what may be shown."""

import threading
from dataclasses import replace

import pytest

from engine.effects import StepResult
from engine.errors import LoopiError
from engine.events import RequestSent, ResponseReceived
from engine.http.error import HttpError
from engine.secrets import BULLETS
from engine.steps.twitter_tweet import CREATE_TWEET
from engine.steps.twitter_user import SEARCH_USER
from servers import x_problems
from servers.loopback import Reply
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_problems import Problem
from servers.x_run import XRun, credential, x_run

ME = Account()


def posted(run: XRun) -> StepResult:
    return run.act(CREATE_TWEET, text="hello")


def read(run: XRun) -> StepResult:
    return run.act(SEARCH_USER, username=ME.username)


def code_of(result: StepResult) -> tuple[str, str]:
    assert result.failure is not None
    return result.status, result.failure.code


def test_a_wrong_key_is_refused_by_x_and_said_so(x: XServer) -> None:
    with x_run(x.url, Account(token_secret="wrong")) as run:
        assert code_of(posted(run)) == ("error", "x.unauthorized")
    assert x.state.tweets == {}


def test_eight_threads_share_the_client_and_every_signature_holds(x: XServer, run: XRun) -> None:
    results: list[StepResult] = []
    threads = [threading.Thread(target=lambda: results.extend(read(run) for _ in range(5))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result.status for result in results] == ["ok"] * 40
    assert x.signature_failures == 0


@pytest.mark.parametrize(
    "problem",
    [
        x_problems.CREDITS_DEPLETED,
        x_problems.DUPLICATE,
        x_problems.CONFLICT,
        x_problems.too_many(1_790_000_900),
    ],
)
def test_a_refused_post_is_an_error_and_was_sent_once(x: XServer, run: XRun, problem: Problem) -> None:
    x.fail_next(*problem)
    assert posted(run).status == "error"
    assert len(x.requests) == 1


def test_a_post_whose_answer_was_lost_is_unknown_and_not_sent_again(x: XServer, run: XRun) -> None:
    x.lose_next_answer()
    result = posted(run)
    assert code_of(result) == ("unknown", "x.no_answer")
    assert result.failure is not None
    assert result.failure.may_have_happened
    assert len(x.requests) == len(x.state.tweets) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(201, b"<html>", (("Content-Type", "text/html"),)),
        Reply(201, b'{"data": {"id": "1', (("Content-Type", "application/json"),)),
        Reply(201, b"[]"),
        Reply(201, b"{}"),
        Reply(201, b"[" * 100_000),
        Reply(201, b""),
        Reply(201, b'{"data": {"id": "1"}}', cut_at=9),
        Reply(503, x_problems.HTML.body.encode() if isinstance(x_problems.HTML.body, str) else b""),
        Reply(502),
        Reply(is_dropped=True),
    ],
)
def test_a_post_without_a_clear_answer_is_unknown(x: XServer, run: XRun, reply: Reply) -> None:
    x.answer_next(reply)
    result = posted(run)
    assert result.status == "unknown"
    assert result.failure is not None
    assert result.failure.may_have_happened


@pytest.mark.parametrize("reply", [Reply(200, b"<html>"), Reply(200, b"{}"), Reply(200, b"[" * 100_000)])
def test_a_look_up_with_an_unreadable_answer_is_an_error(x: XServer, run: XRun, reply: Reply) -> None:
    x.answer_next(reply)
    assert code_of(read(run)) == ("error", "x.unexpected_answer")


def test_a_look_up_whose_connection_broke_may_be_tried_again(x: XServer, run: XRun) -> None:
    x.drop_next()
    with pytest.raises(HttpError) as caught:
        read(run)
    assert caught.value.retryable
    assert read(run).status == "ok"


def test_a_post_that_never_left_is_an_error_that_may_be_repeated(x: XServer) -> None:
    url = x.url
    x.stop()
    with x_run(url) as run, pytest.raises(HttpError) as caught:
        posted(run)
    assert (caught.value.retryable, caught.value.may_have_happened) == (True, False)


def test_a_redirect_is_never_followed(x: XServer, run: XRun) -> None:
    with XServer() as other:
        x.answer_next(Reply(307, b"", (("Location", other.url + "/2/tweets"),)))
        assert code_of(posted(run)) == ("error", "x.redirected")
        assert other.requests == []


def test_an_answer_over_the_cap_is_refused(x: XServer) -> None:
    x.answer_next(Reply(200, b'{"data": "' + b"a" * 5000 + b'"}'))
    with x_run(x.url, max_response_bytes=4096) as run, pytest.raises(HttpError) as caught:
        read(run)
    assert caught.value.code == "http.response_too_large"


def test_stop_ends_a_post_in_its_middle_as_unknown(x: XServer, run: XRun) -> None:
    x.hold_next()
    run.is_cancelled = lambda: bool(x.state.tweets)
    result = posted(run)
    assert code_of(result) == ("unknown", "x.no_answer")


def test_a_credential_goes_to_its_own_hosts_only() -> None:
    with x_run("https://api.twitter.com") as run, pytest.raises(LoopiError) as caught:
        posted(run)
    assert caught.value.code == "policy.host_blocked"
    assert run.facts == []


def test_a_credential_without_hosts_goes_to_x_only() -> None:
    with x_run("https://api.evil.example") as run:
        run.credential = replace(credential(ME), hosts=())
        with pytest.raises(LoopiError) as caught:
            posted(run)
    assert caught.value.code == "policy.host_blocked"


def test_the_facts_show_the_request_without_its_signature(x: XServer, run: XRun) -> None:
    posted(run)
    sent, received = run.facts
    assert isinstance(sent, RequestSent)
    assert isinstance(received, ResponseReceived)
    assert (sent.method, sent.url, sent.body) == ("POST", x.url + "/2/tweets", '{"text": "hello"}')
    assert sent.headers == {"content-type": "application/json", "authorization": BULLETS}
    assert (received.status, received.headers["x-rate-limit-limit"]) == (201, "100")


def test_after_an_error_of_x_a_post_is_to_be_looked_for_and_not_tried_again(x: XServer, run: XRun) -> None:
    x.fail_next(503, {})
    result = posted(run)
    assert result.failure is not None
    assert (result.status, result.failure.may_have_happened) == ("unknown", True)
    assert "timeline" in result.failure.hint
