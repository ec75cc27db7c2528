import base64
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.errors import LoopiError
from engine.http.client import HttpClient, never
from engine.http.error import HttpError
from engine.http.header import Headers
from engine.http.message import HttpResponse
from engine.http.url import parse_url
from engine.ports import Credential, Settings, Signing
from engine.secrets import Secret
from engine.signing.error import SigningError
from engine.signing.oauth2 import TokenKeeper, read_token, token_request
from servers.echo import EchoServer, dropped, held, json_reply, redirect


@pytest.fixture
def http() -> Iterator[HttpClient]:
    with HttpClient(Settings()) as client:
        yield client


def credential(token_url: str, scopes: str = "") -> Credential:
    fields: dict[str, Secret | str] = {
        "clientId": "my:client",
        "clientSecret": Secret("my secret"),
        "tokenUrl": token_url,
        "scopes": scopes,
    }
    return Credential("1", "Service", "oauth", fields, Signing("oauth2"))


def keeper(
    http: HttpClient, token_url: str, learned: list[str] | None = None, now: list[float] | None = None
) -> TokenKeeper:
    told = learned if learned is not None else []
    times = now if now is not None else [0.0]
    return TokenKeeper(credential(token_url), http, learn=told.append, monotonic=lambda: times[0])


def code_of(http: HttpClient, token_url: str) -> str:
    with pytest.raises(LoopiError) as caught:
        keeper(http, token_url).token(never)
    assert "my secret" not in f"{caught.value} {caught.value.hint}"
    return caught.value.code


def test_the_request_is_the_one_of_the_standard() -> None:
    request = token_request(credential("https://auth.example/token", "read write"))
    assert request.body == b"grant_type=client_credentials&scope=read+write"
    login = base64.b64decode((request.header("Authorization") or "").removeprefix("Basic "))
    assert login == b"my%3Aclient:my+secret"


def test_a_token_is_fetched_once_and_made_known(http: HttpClient, server: EchoServer) -> None:
    url = server.reply("/token", json_reply({"access_token": "tok-1", "expires_in": 3600}))
    learned: list[str] = []
    kept = keeper(http, url, learned)
    assert [kept.token(never), kept.token(never)] == ["tok-1", "tok-1"]
    assert (len(server.requests), learned) == (1, ["tok-1"])


def test_threads_that_need_a_token_at_once_fetch_one(http: HttpClient, server: EchoServer) -> None:
    kept = keeper(http, server.reply("/token", json_reply({"access_token": "tok-1"})))
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: kept.token(never), range(32))) == {"tok-1"}
    assert len(server.requests) == 1


def test_a_token_is_renewed_before_it_ends(http: HttpClient, server: EchoServer) -> None:
    first, second = (json_reply({"access_token": name, "expires_in": 100}) for name in ("tok-1", "tok-2"))
    now = [0.0]
    kept = keeper(http, server.reply("/token", first, second), now=now)
    assert kept.token(never) == "tok-1"
    now[0] = 89.0
    assert kept.token(never) == "tok-1"
    now[0] = 91.0
    assert kept.token(never) == "tok-2"


def test_only_the_token_that_was_refused_is_forgotten(http: HttpClient, server: EchoServer) -> None:
    kept = keeper(http, server.reply("/token", json_reply({"access_token": "tok-1"})))
    kept.token(never)
    kept.forget("an older one")
    kept.token(never)
    kept.forget("tok-1")
    kept.token(never)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "reply",
    [
        json_reply({"error": "invalid_client", "error_description": "my secret is wrong"}, 401),
        json_reply({"access_token": ""[:0] or None}),
        json_reply("[]"),
        json_reply("not json"),
        json_reply({"access_token": "tök"}),
        json_reply({"access_token": ""}),
        json_reply({"access_token": "a\r\nInjected: yes"}),
        redirect("/elsewhere"),
    ],
)
def test_an_answer_without_a_token_is_a_refusal(http: HttpClient, server: EchoServer, reply: object) -> None:
    assert code_of(http, server.reply("/token", reply)) == "credential.token_refused"  # type: ignore[arg-type]
    assert len(server.requests) == 1


def test_a_listed_reason_is_repeated() -> None:
    body = json.dumps({"error": "invalid_scope"}).encode()
    with pytest.raises(SigningError) as caught:
        read_token(HttpResponse(400, parse_url("https://auth.example/"), Headers(), body, 0.0))
    assert "invalid_scope" in caught.value.message


@pytest.mark.parametrize(
    ("written", "seconds"), [("60", 60.0), ("1" + "0" * 400, 1e9), ("true", 3600.0), ("null", 3600.0)]
)
def test_a_lifetime_is_a_number_of_seconds_or_an_hour(written: str, seconds: float) -> None:
    body = b'{"access_token": "t", "expires_in": %s}' % written.encode()
    assert read_token(HttpResponse(200, parse_url("https://a.example/"), Headers(), body, 0.0)) == (
        "t",
        seconds,
    )


def test_without_a_token_url_it_cannot_sign(http: HttpClient) -> None:
    assert code_of(http, "") == "credential.cannot_sign"


def test_the_client_secret_is_not_sent_in_clear(http: HttpClient) -> None:
    assert code_of(http, "http://auth.test/token") == "policy.insecure_scheme"


def test_a_lost_token_request_does_not_count_as_the_step_s_own(http: HttpClient, server: EchoServer) -> None:
    with pytest.raises(HttpError) as caught:
        keeper(http, server.reply("/token", dropped())).token(never)
    assert caught.value.code == "http.connection_lost"
    assert not caught.value.may_have_happened


def test_stop_works_while_another_thread_fetches(http: HttpClient, server: EchoServer) -> None:
    gate = server.gate()
    kept = keeper(http, server.reply("/token", held(gate, b"{}")))
    first_stops = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(kept.token, first_stops.is_set)
        with pytest.raises(HttpError) as caught:
            kept.token(lambda: bool(server.requests))
        first_stops.set()
        assert isinstance(first.exception(), HttpError)
    assert caught.value.code == "http.cancelled"
