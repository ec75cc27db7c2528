"""Somebody else's variables as credentials."""

import re

from backend.importers.named_fields import (
    by_service,
    custom,
    field_names,
    has_secret,
    host_of,
    left_out,
    x_account,
)

KEYS = {
    "TWITTER_API_KEY": "k-0001",
    "TWITTER_API_SECRET": "s-0001",
    "TWITTER_ACCESS_TOKEN": "t-0001",
    "TWITTER_ACCESS_TOKEN_SECRET": "ts-0001",
}


def test_the_four_keys_of_an_account_are_one_credential_and_the_rest_is_left() -> None:
    account, left = x_account({**KEYS, "PORT": "80"})
    assert account is not None
    assert account.type == "twitter"
    assert {key: value.reveal() for key, value in account.fields.items()} == {
        "apiKey": "k-0001",
        "apiSecret": "s-0001",
        "accessToken": "t-0001",
        "accessSecret": "ts-0001",
    }
    assert left == {"PORT": "80"}


def test_three_keys_of_an_account_are_none() -> None:
    three = {key: value for key, value in KEYS.items() if "SECRET" not in key or "ACCESS" in key}
    assert x_account(three) == (None, three)


def test_names_that_begin_alike_belong_together() -> None:
    assert by_service({"STRIPE_KEY": "1", "STRIPE_URL": "2", "PORT": "3"}) == {
        "Stripe": {"STRIPE_KEY": "1", "STRIPE_URL": "2"},
        "Port": {"PORT": "3"},
    }


def test_a_credential_may_go_where_one_of_its_fields_is_an_address_of() -> None:
    made = custom("Shop", {"URL": "https://shop.example.com:8443/v1", "TOKEN": "t"})
    assert made.hosts == ("shop.example.com:8443",)
    assert host_of("https://ada:secret@shop.example.com/") == "shop.example.com"
    assert host_of("ftp://x/") == host_of("http://[") == host_of("plain") == ""


def test_what_looks_like_a_secret_is_told_from_what_does_not() -> None:
    assert has_secret({"DB_PASSWORD": "x"})
    assert not has_secret({"PORT": "80", "HOST": "x"})
    assert left_out(["PORT"]) == ("Not taken, since they look like no secrets: PORT.",)
    assert left_out([]) == ()


def test_any_name_becomes_one_that_a_field_may_have_and_none_is_lost() -> None:
    given = {"1st": 1, "_AUTH_TOKEN": 2, "my-key": 3, "my_key": 4, "名": 5, "k" * 70: 6, "": 7}
    named = field_names(given)
    assert list(named.values()) == [1, 2, 3, 4, 5, 6, 7]
    assert list(named)[:4] == ["field_1st", "AUTH_TOKEN", "my_key", "my_key_2"]
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,63}", name) for name in named)


def test_a_host_that_is_no_host_is_left_out() -> None:
    found = custom("x", {"baseUrl": "https://{{host}}/v1", "url": "https://h.example/", "key": "k-0001"})
    assert found.hosts == ("h.example",)
