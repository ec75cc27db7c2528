"""API calls to X and Twitter steps with the same credential know of each other's limits."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.http.client import HttpClient
from engine.ports import Credential, Settings
from engine.redact import Redactor
from engine.steps.action import RunResources
from engine.steps.api_call import API_CALL
from engine.steps.twitter_user import SEARCH_USER
from servers.api_run import ApiRun
from servers.clock import WaitedClock
from servers.echo import EchoServer, json_reply
from servers.oauth1 import Account
from servers.x_run import XRun, credential

PATH = "/2/users/by/username/friend"
USED_UP = {"x-rate-limit-limit": "1", "x-rate-limit-remaining": "0"}


@pytest.fixture
def server() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


@pytest.fixture
def resources(server: EchoServer) -> Iterator[RunResources]:
    settings = Settings(x_base_url=server.url)
    with HttpClient(settings) as http:
        yield RunResources(http, settings, WaitedClock(), Redactor([]))


def account(server: EchoServer, **changes: str) -> Credential:
    return replace(credential(Account()), hosts=(server.url,), **changes)  # type: ignore[arg-type]  # texts


def used_up(server: EchoServer, resources: RunResources) -> None:
    """X answers one API call, and takes no more of its kind for a while."""
    reset = str(int(resources.clock.now()) + 300)
    server.reply(PATH, json_reply({"data": {"id": "1"}}, 200, {**USED_UP, "x-rate-limit-reset": reset}))
    run = ApiRun(resources, account(server))
    assert run.call(url=server.url + PATH, method="GET").status == "ok"


def test_a_twitter_step_waits_for_what_an_api_call_has_used_up(
    server: EchoServer, resources: RunResources
) -> None:
    used_up(server, resources)
    error = XRun(resources, account(server)).refused(SEARCH_USER, username="another")
    assert error.code == "limit.too_long"
    assert len(server.requests) == 1


def test_an_api_call_waits_for_it_too_and_intends_nothing_meanwhile(
    server: EchoServer, resources: RunResources
) -> None:
    used_up(server, resources)
    told: list[str] = []
    run = ApiRun(resources, account(server))
    context = replace(
        run.context(url=server.url + PATH, method="GET"),
        max_wait_s=600.0,
        withdraw=lambda: told.append("withdrawn"),
        intend=lambda: told.append("intended"),
    )
    API_CALL.act({"url": server.url + PATH, "method": "GET"}, context)
    assert told == ["withdrawn", "intended"]
    assert len(server.requests) == 2


def test_other_kinds_of_requests_and_other_credentials_are_free(
    server: EchoServer, resources: RunResources
) -> None:
    used_up(server, resources)
    ApiRun(resources, account(server)).call(url=server.url + "/2/tweets/1", method="GET")
    ApiRun(resources, account(server, id="c2")).call(url=server.url + PATH, method="GET")
    ApiRun(resources, account(server, type="oauth1")).call(url=server.url + PATH, method="GET")
    assert len(server.requests) == 4
