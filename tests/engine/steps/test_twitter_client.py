import logging
from dataclasses import replace

import pytest

from engine.effects import StepResult
from engine.errors import LoopiError
from engine.steps.twitter_client import open_client
from engine.steps.twitter_tweet import CREATE_TWEET
from engine.steps.twitter_user import SEARCH_USER
from servers import x_problems
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import XRun, credential

ME = Account()


def posted(run: XRun) -> StepResult:
    return run.act(CREATE_TWEET, text="hello")


def read(run: XRun) -> StepResult:
    return run.act(SEARCH_USER, username=ME.username)


@pytest.mark.parametrize("value", ["", "with\nbreak", "é"])
def test_an_incomplete_credential_is_named_before_any_request(x: XServer, run: XRun, value: str) -> None:
    run.credential = credential(ME, accessSecret=value)
    with pytest.raises(LoopiError) as caught:
        posted(run)
    assert caught.value.code == "credential.incomplete"
    assert "Access Token Secret" in caught.value.message
    assert x.requests == []


def test_no_credential_at_all_sends_nothing(x: XServer, run: XRun) -> None:
    run.credential = None
    with pytest.raises(LoopiError) as caught:
        posted(run)
    assert (caught.value.code, x.requests) == ("credential.missing", [])


def test_nothing_that_is_shown_holds_a_key_or_a_signature(
    x: XServer, run: XRun, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    x.fail_next(*x_problems.UNAUTHORIZED)
    results = [posted(run), posted(run), read(run)]
    shown = caplog.text + repr(results) + repr(run.facts) + repr(run.credential)
    for secret in (ME.consumer_key, ME.consumer_secret, ME.token, ME.token_secret, "oauth_"):
        assert secret not in shown


def test_steps_of_one_credential_share_a_client_and_no_session(run: XRun) -> None:
    context = run.context(SEARCH_USER, {})
    first, second = open_client(context, is_once=False), open_client(context, is_once=True)
    assert first is not second
    assert len(context.resources.sessions) == 1


def test_keys_written_into_two_steps_are_never_mistaken_for_each_other(x: XServer, run: XRun) -> None:
    inline = replace(credential(ME), id="")
    wrong = replace(credential(ME, accessSecret="another"), id="")
    context = run.context(SEARCH_USER, {})
    for used, status in ((inline, "ok"), (wrong, "error"), (inline, "ok")):
        step = replace(context, credential=used)
        assert SEARCH_USER.act({"username": ME.username}, step).status == status
    assert len(x.requests) == 3
