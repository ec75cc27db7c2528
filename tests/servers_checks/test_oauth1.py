"""The test server for X must refuse what X refuses: else a test of ours proves nothing."""

import time

import httpx
import pytest
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA256, SIGNATURE_TYPE_QUERY, Client

from servers.x_api import Account, XServer

ME = Account()
PATH = "/2/users/me"


def signed(url: str, account: Account = ME, **options: str) -> dict[str, str]:
    """The headers of a signature for a GET of `url`, made by oauthlib."""
    four = account.consumer_key, account.consumer_secret, account.token, account.token_secret
    _, headers, _ = Client(*four, **options).sign(url)
    return dict(headers)


def status(url: str, headers: dict[str, str], method: str = "GET") -> int:
    with httpx.Client(trust_env=False) as client:
        return client.request(method, url, headers=headers).status_code


def test_a_right_signature_is_let_in(x: XServer) -> None:
    assert status(x.url + PATH, signed(x.url + PATH)) == 200


def test_query_parameters_are_part_of_the_signature(x: XServer) -> None:
    url = x.url + "/2/tweets/search/recent?query=caf%C3%A9%20%26%20%2Bmilk"
    assert status(url, signed(url)) == 200
    assert status(url + "&max_results=10", signed(url)) == 401


def test_a_signature_is_accepted_once(x: XServer) -> None:
    headers = signed(x.url + PATH)
    assert [status(x.url + PATH, headers) for _ in range(2)] == [200, 401]


@pytest.mark.parametrize("signed_for", ["https://api.twitter.com", "https://127.0.0.1", "http://localhost"])
def test_a_signature_for_another_host_or_scheme_is_refused(x: XServer, signed_for: str) -> None:
    headers = signed(signed_for + PATH) | {"Host": signed_for.split("//")[1]}
    assert status(x.url + PATH, headers) == 401


def test_a_signature_for_another_method_is_refused(x: XServer) -> None:
    headers = signed(x.url + "/2/tweets/1900000000000000001")
    assert status(x.url + "/2/tweets/1900000000000000001", headers, "DELETE") == 401


@pytest.mark.parametrize("age_s", [-400, 400])
def test_a_timestamp_more_than_five_minutes_off_is_refused(x: XServer, age_s: int) -> None:
    stamp = str(int(time.time()) - age_s)
    assert status(x.url + PATH, signed(x.url + PATH, timestamp=stamp)) == 401


@pytest.mark.parametrize(
    "account",
    [
        Account(consumer_secret="wrong"),
        Account(token_secret="wrong"),
        Account(consumer_key="wrong"),
        Account(token="wrong"),
        Account(token="", token_secret=""),
        Account(consumer_key="nobody-has-this-key", consumer_secret="nobody-has-this-key"),
    ],
)
def test_a_wrong_key_or_secret_is_refused_as_x_does(x: XServer, account: Account) -> None:
    with httpx.Client(trust_env=False) as client:
        answer = client.get(x.url + PATH, headers=signed(x.url + PATH, account))
    expected = {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
    assert (answer.status_code, answer.json()) == (401, expected)


def test_a_token_of_another_app_is_refused() -> None:
    other = Account("otherKey", "otherSecret", "otherToken", "otherTokenSecret", "5", "other", "Other")
    mixed = Account(other.consumer_key, other.consumer_secret, ME.token, ME.token_secret)
    with XServer(accounts=(ME, other)) as x:
        assert status(x.url + PATH, signed(x.url + PATH, other)) == 200
        assert status(x.url + PATH, signed(x.url + PATH, mixed)) == 401


def test_only_hmac_sha1_in_the_header_is_accepted(x: XServer) -> None:
    strong = signed(x.url + PATH, signature_method=SIGNATURE_HMAC_SHA256)
    uri, headers, _ = Client(
        ME.consumer_key, ME.consumer_secret, ME.token, ME.token_secret, signature_type=SIGNATURE_TYPE_QUERY
    ).sign(x.url + PATH)
    assert status(x.url + PATH, strong) == 401
    assert status(uri, dict(headers)) == 401
    assert status(x.url + PATH, {"Authorization": "Bearer " + ME.token}) == 401
    assert x.signature_failures == 3
