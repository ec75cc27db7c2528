from collections.abc import Iterator

import pytest

from engine.errors import LoopiError
from engine.events import RequestSent
from engine.http.error import BlockedByPolicy
from engine.ports import Signing
from engine.secrets import BULLETS, Secret
from servers.api_run import api_run, key_credential
from servers.echo import EchoServer, json_reply, redirect
from servers.loopback import Reply, Seen
from servers.oauth1 import Account
from servers.openweather import OpenWeatherServer

KEY = Secret("key-of-the-test-0001")
BEARER = Signing("header", "Authorization", "Bearer {{credentials.apiKey}}")


@pytest.fixture
def other() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


def test_the_documented_example_works_to_the_letter() -> None:
    with OpenWeatherServer() as weather:
        api_url = weather.url + "/data/2.5/"
        credential = key_credential(BEARER, weather.url, apiKey=Secret(weather.api_key), apiUrl=api_url)
        with api_run(credential) as run:
            result = run.call(
                method="GET", url="{{credentials.apiUrl}}weather?q=London&appid={{credentials.apiKey}}"
            )
        assert result.output["data"]["main"]["temp"] == 301.25  # type: ignore[index,call-overload]
        assert weather.requests[0].header("Authorization") is None
        shown = f"{api_url}weather?q=London&appid={BULLETS}"
        assert (run.sent.url, result.output["url"], run.received[0].url) == (shown, shown, shown)
        assert weather.api_key not in repr(run.facts)


def test_a_wrong_key_is_the_credential_s_fault() -> None:
    with OpenWeatherServer() as weather:
        credential = key_credential(None, weather.url, apiKey=Secret("wrong-key-0001"))
        with api_run(credential) as run:
            failure = run.call(url=weather.url + "/data/2.5/weather?appid={{credentials.apiKey}}").failure
    assert failure is not None
    assert failure.code == "http.unauthorized"
    assert "Invalid API key" in failure.message


def test_without_a_credential_a_401_is_a_status_like_any_other(server: EchoServer) -> None:
    with api_run() as run:
        failure = run.call(url=server.reply("/x", Reply(401))).failure
    assert failure is not None
    assert failure.code == "http.status"


def test_a_type_signs_by_itself_and_is_shown_as_bullets(server: EchoServer) -> None:
    with api_run(key_credential(BEARER, server.url, apiKey=KEY)) as run:
        run.call(url=server.url + "/user")
    assert server.requests[0].header("Authorization") == f"Bearer {KEY.reveal()}"
    assert run.sent.headers == {"Authorization": BULLETS}


def test_a_placeholder_without_a_secret_leaves_signing_to_the_type(server: EchoServer) -> None:
    with api_run(key_credential(BEARER, server.url, apiKey=KEY, apiUrl=server.url + "/")) as run:
        run.call(url="{{credentials.apiUrl}}user")
    assert server.requests[0].header("Authorization") == f"Bearer {KEY.reveal()}"


@pytest.mark.parametrize(
    "fields",
    [
        {"headers": {"X-Key": "{{credentials.apiKey}}"}},
        {"query": {"key": "{{credentials.apiKey}}"}},
        {"body": {"json": {"key": ["{{credentials.apiKey}}"]}}, "method": "POST"},
    ],
)
def test_a_secret_that_the_step_places_is_not_signed_as_well(
    server: EchoServer, fields: dict[str, object]
) -> None:
    with api_run(key_credential(BEARER, server.url, apiKey=KEY)) as run:
        run.call(url=server.url + "/x", **fields)  # type: ignore[arg-type]
    seen = server.requests[0]
    assert seen.header("Authorization") is None
    assert KEY.reveal() in f"{seen.target} {seen.headers} {seen.body!r}"
    assert KEY.reveal() not in repr(run.facts)
    assert BULLETS in repr(run.sent)


def test_a_key_in_the_query_is_signed_and_not_shown(server: EchoServer) -> None:
    signing = Signing("query", "appid", "{{credentials.apiKey}}")
    with api_run(key_credential(signing, server.url, apiKey=KEY)) as run:
        result = run.call(url=server.url + "/x?q=1")
    assert server.requests[0].target == f"/x?q=1&appid={KEY.reveal()}"
    assert result.output["url"] == run.sent.url == f"{server.url}/x?q=1&appid={BULLETS}"


def test_a_form_signed_by_oauth_1_is_accepted_by_a_server_that_checks() -> None:
    from servers.x_api import XServer

    account = Account()
    fields = {
        "consumerKey": Secret(account.consumer_key),
        "consumerSecret": Secret(account.consumer_secret),
        "accessToken": Secret(account.token),
        "accessSecret": Secret(account.token_secret),
    }
    with XServer() as x, api_run(key_credential(Signing("oauth1"), x.url, **fields)) as run:
        result = run.call(url=x.url + "/2/users/me", query={"user.fields": "id,name"})
    assert result.status == "ok"


def test_an_oauth_2_token_is_fetched_used_kept_and_renewed_once_when_refused(server: EchoServer) -> None:
    tokens = [json_reply({"access_token": f"token-number-{n}", "expires_in": 3600}) for n in (1, 2)]
    token_url = server.reply("/token", *tokens)

    def guarded(seen: Seen) -> Reply:
        return json_reply({}, 200 if seen.header("Authorization") == "Bearer token-number-2" else 401)

    credential = key_credential(
        Signing("oauth2"), server.url, clientId="id", clientSecret=Secret("client-secret"), tokenUrl=token_url
    )
    with api_run(credential) as run:
        assert run.call(url=server.reply("/x", guarded)).status == "ok"
        assert run.call(url=server.url + "/x").status == "ok"
        assert run.resources.redactor.text("token-number-2") == BULLETS
    assert (len(server.seen("/token")), len(server.seen("/x"))) == (2, 3)


def test_a_token_that_stays_refused_is_not_asked_for_without_end(server: EchoServer) -> None:
    token_url = server.reply("/token", json_reply({"access_token": "token-number-1"}))
    credential = key_credential(
        Signing("oauth2"), server.url, clientId="id", clientSecret=Secret("client-secret"), tokenUrl=token_url
    )
    with api_run(credential) as run:
        failure = run.call(url=server.reply("/x", Reply(401)), method="POST").failure
    assert failure is not None
    assert failure.code == "http.unauthorized"
    assert (len(server.seen("/token")), len(server.seen("/x"))) == (2, 2)


def test_a_credential_that_cannot_sign_says_so_before_anything_is_sent(server: EchoServer) -> None:
    with api_run(key_credential(BEARER, server.url)) as run, pytest.raises(LoopiError) as caught:
        run.call(url=server.url)
    assert caught.value.code == "credential.cannot_sign"
    assert (server.requests, run.facts) == ([], [])


def test_without_hosts_the_address_must_stand_in_the_step(server: EchoServer) -> None:
    with api_run(key_credential(BEARER, apiKey=KEY, address=server.url)) as run:
        assert run.call(url=server.url + "/x").status == "ok"
        with pytest.raises(BlockedByPolicy) as caught:
            run.call(url="{{credentials.address}}/x")
    assert "write the host out" in caught.value.hint
    assert len(server.requests) == 1


def test_a_blocked_host_gets_nothing_and_nothing_is_announced(server: EchoServer, other: EchoServer) -> None:
    with (
        api_run(key_credential(BEARER, server.url, apiKey=KEY)) as run,
        pytest.raises(BlockedByPolicy) as caught,
    ):
        run.call(url=other.url)
    assert caught.value.code == "policy.host_blocked"
    assert (other.requests, run.facts) == ([], [])


@pytest.mark.parametrize("fields", [{}, {"headers": {"X-Key": "{{credentials.apiKey}}"}}])
def test_a_redirect_never_carries_a_credential_to_another_host(
    server: EchoServer, other: EchoServer, fields: dict[str, object]
) -> None:
    with api_run(key_credential(BEARER, server.url, apiKey=KEY)) as run:
        result = run.call(url=server.reply("/x", redirect(other.url + "/y")), **fields)  # type: ignore[arg-type]
    assert result.failure is not None
    assert result.failure.code == "policy.host_blocked"
    assert "allowed hosts" in result.failure.hint
    assert (len(server.requests), other.requests) == (1, [])


def test_a_key_that_a_redirect_echoes_is_not_in_the_url_that_is_left(server: EchoServer) -> None:
    def back(seen: Seen) -> Reply:
        return redirect(f"/y?again={seen.query['appid']}")

    signing = Signing("query", "appid", "{{credentials.apiKey}}")
    with api_run(key_credential(signing, server.url, apiKey=KEY)) as run:
        result = run.call(url=server.reply("/x", back))
    assert result.output["url"] == f"{server.url}/y?again={BULLETS}"
    assert KEY.reveal() not in repr(run.facts)


def test_a_digest_is_asked_for_once_and_counted_from_then_on(server: EchoServer) -> None:
    def guarded(seen: Seen) -> Reply:
        if "nc=" in (seen.header("Authorization") or ""):
            return json_reply({})
        return Reply(401, b"", (("WWW-Authenticate", 'Digest realm="r", nonce="n1", qop="auth"'),))

    password = Secret("pass-of-the-test-01")
    with api_run(key_credential(Signing("digest"), server.url, username="ada", password=password)) as run:
        for _ in range(2):
            assert run.call(url=server.reply("/x", guarded), method="POST", body={"text": "b"}).status == "ok"
    counts = [(each.header("Authorization") or "").partition("nc=")[2][:8] for each in server.requests]
    assert counts == ["", "00000001", "00000002"]
    shown = [each.headers for each in run.facts if isinstance(each, RequestSent)]
    assert shown == [{"Content-Type": "text/plain; charset=utf-8", "Authorization": BULLETS}] * 2
    assert password.reveal() not in f"{run.facts} {[each.headers for each in server.requests]}"


def test_a_wrong_digest_ends_after_one_answer(server: EchoServer) -> None:
    asked = Reply(401, b"", (("WWW-Authenticate", 'Digest realm="r", nonce="n1", qop="auth"'),))
    credential = key_credential(Signing("digest"), server.url, username="ada", password=Secret("wrong-0001"))
    with api_run(credential) as run:
        failure = run.call(url=server.reply("/x", asked)).failure
    assert failure is not None
    assert failure.code == "http.unauthorized"
    assert len(server.requests) == 2


def test_a_request_to_aws_is_signed_and_shows_no_key(server: EchoServer) -> None:
    fields: dict[str, Secret | str] = {
        "accessKeyId": "AKID",
        "secretAccessKey": KEY,
        "region": "r",
        "service": "s3",
        "sessionToken": KEY,
    }
    with api_run(key_credential(Signing("aws4"), server.url, **fields)) as run:
        assert run.call(url=server.url + "/x", method="PUT", body={"text": "b"}).status == "ok"
    seen = server.requests[0]
    assert (seen.header("Authorization") or "").startswith("AWS4-HMAC-SHA256 Credential=AKID/")
    assert seen.header("X-Amz-Security-Token") == KEY.reveal()
    assert run.sent.headers["Authorization"] == BULLETS
    assert KEY.reveal() not in repr(run.facts)
