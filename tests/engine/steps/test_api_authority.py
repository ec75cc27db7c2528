from collections.abc import Iterator

import pytest

from engine.http.error import BlockedByPolicy
from engine.http.message import HttpRequest
from engine.http.url import parse_url
from engine.model import Step
from engine.ports import Credential, Signing
from engine.secrets import Secret
from engine.steps.action import ActionContext
from engine.steps.api_authority import authority_of, signs_by_itself
from servers.api_run import ApiRun, api_run, key_credential

BEARER = Signing("bearer", fields={"token": "apiKey"})
CREDENTIAL = key_credential(BEARER, "api.example.com", apiKey=Secret("key-0001"))
REQUEST = HttpRequest("GET", parse_url("https://api.example.com/x"))


@pytest.fixture
def run() -> Iterator[ApiRun]:
    with api_run() as running:
        yield running


def context(
    run: ApiRun, credential: Credential | None = CREDENTIAL, *, is_placed: bool = False
) -> ActionContext:
    return ActionContext(
        step=Step("step", "apiCall"),
        credential=credential,
        resources=run.resources,
        shown={"url": "••••••••"},
        emit=run.facts.append,
        is_cancelled=run.is_cancelled,
        idempotency_key="key",
        is_placed=is_placed,
    )


def test_a_type_signs_unless_a_secret_is_shown_as_bullets(run: ApiRun) -> None:
    assert signs_by_itself({"url": "secret"}, context(run))
    assert signs_by_itself({"url": "••••••••"}, context(run, is_placed=True))
    assert not signs_by_itself({"url": "secret"}, context(run, is_placed=True))
    assert not signs_by_itself({}, context(run, None))


def test_without_a_credential_there_is_no_authority(run: ApiRun) -> None:
    assert authority_of(context(run, None), signs=False) is None


def test_an_authority_checks_and_signs(run: ApiRun) -> None:
    authority = authority_of(context(run), signs=True)
    assert authority is not None
    assert authority.sign(REQUEST).header("Authorization") == "Bearer key-0001"
    with pytest.raises(BlockedByPolicy):
        authority.check(parse_url("https://evil.example/"))


def test_a_credential_that_is_placed_is_checked_and_not_signed(run: ApiRun) -> None:
    authority = authority_of(context(run), signs=False)
    assert authority is not None
    assert authority.sign(REQUEST) is REQUEST
    with pytest.raises(BlockedByPolicy):
        authority.check(parse_url("https://evil.example/"))


def test_a_run_keeps_one_token_for_each_credential(run: ApiRun) -> None:
    oauth = key_credential(Signing("oauth2"), apiKey=Secret("x"))
    first, second = (authority_of(context(run, oauth), signs=True) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.keeper is not None
    assert first.keeper is second.keeper
