"""Tests of credentials, each with one request to a service on loopback."""

from pathlib import Path

import pytest

from backend.adapters.credential_trial import Trial
from backend.app import App, open_app
from servers.echo import EchoServer, json_reply, redirect
from servers.x_api import Account, XServer

KEY = "5a" * 32
SECRET = "s3cr3t-of-the-service"


@pytest.fixture
def app(tmp_path: Path, x: XServer) -> App:
    return open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": KEY, "LOOPI_X_BASE_URL": x.url})


def trial_of(app: App, type_id: str, fields: dict[str, str], *hosts: str) -> Trial:
    entry = app.credentials.add(type_id, "Mine", fields, allowed_hosts=hosts).entry
    return app.tester.test(str(entry["id"]), app.types.find(type_id))


def of_api_key(app: App, url: str, *hosts: str) -> Trial:
    return trial_of(app, "apiKey", {"apiKey": SECRET, "apiUrl": url}, *hosts)


def outcomes(app: App) -> list[str | None]:
    return [use.outcome for use in app.uses.all().values()]


def test_a_success_is_remembered_with_no_more_certainty_than_there_is(app: App, server: EchoServer) -> None:
    result = of_api_key(app, server.url)
    assert result.outcome == "works"
    assert "answer so to anybody" in result.hint
    assert outcomes(app) == ["works"]
    assert app.journal.catalog.runs() == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_says_what_to_do_and_never_the_secret(app: App, server: EchoServer, status: int) -> None:
    url = server.reply("/", json_reply({"message": f"no: {SECRET}"}, status))
    result = of_api_key(app, url)
    assert result.outcome == "refused"
    assert result.hint.startswith(("Check the credential", "The credential is known"))
    assert "wants it elsewhere" in result.hint
    assert SECRET not in result.message + result.hint
    assert outcomes(app) == ["refused"]


@pytest.mark.parametrize("status", [404, 429, 500])
def test_an_answer_that_says_nothing_changes_nothing(app: App, server: EchoServer, status: int) -> None:
    result = of_api_key(app, server.reply("/", json_reply({}, status)))
    assert result.outcome == "unclear"
    assert "says nothing about the credential" in result.hint
    assert outcomes(app) == [None]


def test_the_host_rules_hold_as_in_a_run(app: App, server: EchoServer) -> None:
    result = of_api_key(app, server.url, "api.example.com")
    assert result.outcome == "unclear"
    assert "may not be sent to" in result.message
    assert server.requests == []


def test_a_redirect_to_another_host_is_not_followed_with_it(app: App, server: EchoServer) -> None:
    result = of_api_key(app, server.reply("/", redirect("https://elsewhere.example.com/")))
    assert result.outcome == "unclear"
    assert "elsewhere.example.com" in result.message


def test_the_keys_of_x_are_judged_by_xs_own_words(app: App, x: XServer) -> None:
    keys = Account().fields
    assert trial_of(app, "twitter", keys) == Trial("works", "It works: 127.0.0.1 answered 200.")
    app.credentials.rename(next(iter(app.uses.all())), "Other")
    result = trial_of(app, "twitter", {**keys, "accessSecret": "0123456789"})
    assert result.outcome == "refused"
    assert "X answered 401" in result.message


def test_a_client_of_oauth_asks_for_a_token(app: App, server: EchoServer) -> None:
    url = server.reply("/token", json_reply({"access_token": "t" * 20}))
    client = {"clientId": "me", "clientSecret": SECRET, "redirectUri": "http://127.0.0.1/"}
    assert trial_of(app, "oauth", {**client, "tokenUrl": url}).outcome == "works"
    app.credentials.rename(next(iter(app.uses.all())), "Other")
    server.reply("/token", json_reply({"error": "invalid_client"}, 401))
    result = trial_of(app, "oauth", {**client, "tokenUrl": url})
    assert (result.outcome, "invalid_client" in result.message) == ("refused", True)


@pytest.mark.parametrize(
    ("type_id", "fields"),
    [
        ("basic", {"username": "ada", "password": SECRET}),
        ("custom", {"token": SECRET}),
        ("apiKey", {"apiKey": SECRET}),
        ("oauth", {"clientId": "me", "clientSecret": SECRET, "redirectUri": "http://127.0.0.1/"}),
    ],
)
def test_what_names_no_address_is_not_tested_and_nothing_is_remembered(
    app: App, type_id: str, fields: dict[str, str]
) -> None:
    assert trial_of(app, type_id, fields).outcome == "untestable"
    assert outcomes(app) == []
