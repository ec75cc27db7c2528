import base64

import pytest

from engine.http.message import HttpRequest
from engine.http.url import parse_url
from engine.ports import Credential, Signing
from engine.secrets import Secret
from engine.signing.error import SigningError
from engine.signing.signer import place_of, signer, with_parameter

FIELDS: dict[str, Secret | str] = {
    "apiKey": Secret("k&y=1"),
    "username": "müller",
    "password": Secret("p:w"),
    "a": Secret("ck"),
    "b": Secret("cs"),
    "c": Secret("at"),
    "d": Secret("as"),
}
OAUTH1 = {"consumerKey": "a", "consumerSecret": "b", "accessToken": "c", "accessSecret": "d"}


def signed(signing: Signing, url: str = "https://api.example.com/x?a=1") -> HttpRequest:
    credential = Credential("1", "Key", "x", FIELDS, signing)
    return signer(credential, lambda: "tok-1")(
        HttpRequest("GET", parse_url(url), (("authorization", "own"),))
    )


def test_none_leaves_the_request_alone() -> None:
    assert signed(Signing("none")).headers == (("authorization", "own"),)


def test_bearer_takes_the_place_of_an_authorization_that_was_there() -> None:
    assert signed(Signing("bearer", fields={"token": "apiKey"})).headers == (
        ("Authorization", "Bearer k&y=1"),
    )


def test_header_fills_its_template() -> None:
    request = signed(Signing("header", "X-Key", "key={{credentials.apiKey}}"))
    assert request.header("X-Key") == "key=k&y=1"


def test_query_is_encoded_and_added() -> None:
    request = signed(Signing("query", "appid", "{{credentials.apiKey}}"))
    assert request.url.target == "/x?a=1&appid=k%26y%3D1"


@pytest.mark.parametrize("query", ["?appid=old&a=1", "?a=1&appid=old&app%69d=older", "?a=1"])
def test_a_parameter_replaces_those_of_its_name(query: str) -> None:
    request = HttpRequest("GET", parse_url("https://api.example.com/x" + query))
    assert with_parameter(request, "appid", "new").url.target == "/x?a=1&appid=new"


def test_basic_is_utf_8_in_base64() -> None:
    value = signed(Signing("basic")).header("Authorization") or ""
    assert base64.b64decode(value.removeprefix("Basic ")).decode() == "müller:p:w"


def test_oauth_1_signs_with_the_fields_that_the_type_names() -> None:
    value = signed(Signing("oauth1", fields=OAUTH1)).header("Authorization") or ""
    assert value.startswith("OAuth ")
    assert 'oauth_consumer_key="ck"' in value
    assert 'oauth_token="at"' in value


def test_oauth_2_asks_for_a_token() -> None:
    assert signed(Signing("oauth2")).header("Authorization") == "Bearer tok-1"


def test_what_is_missing_is_said_before_anything_is_sent() -> None:
    with pytest.raises(SigningError):
        signed(Signing("bearer"))


def test_each_kind_says_where_it_stands() -> None:
    assert place_of(Signing("none")) == ("nowhere", "")
    assert place_of(Signing("query", "appid")) == ("query", "appid")
    assert place_of(Signing("header", "X-Key")) == ("header", "X-Key")
    assert {place_of(Signing(kind)) for kind in ("bearer", "basic", "oauth1", "oauth2")} == {
        ("header", "Authorization")
    }
