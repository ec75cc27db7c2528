import logging
from urllib.parse import parse_qsl, unquote

import pytest

from engine.http.message import HttpRequest
from engine.http.url import parse_url
from engine.signing.error import SigningError
from engine.signing.oauth1 import Keys, Moment, sign_oauth1

# OAuth Core 1.0, appendix A.5: the example of RFC 5849 leaves oauth_version out.
CORE_KEYS = Keys("dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00")
CORE_MOMENT = Moment("1191242096", "kllo9940pd9333jh")
FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def signature(request: HttpRequest, keys: Keys = CORE_KEYS, moment: Moment | None = CORE_MOMENT) -> str:
    header = sign_oauth1(request, keys, moment).header("Authorization") or ""
    fields = dict(each.strip().split("=", 1) for each in header.removeprefix("OAuth ").split(","))
    return unquote(fields["oauth_signature"].strip('"'))


def get(url: str) -> HttpRequest:
    return HttpRequest("GET", parse_url(url))


def test_the_signature_of_the_standard_s_example_is_made() -> None:
    url = "http://photos.example.net/photos?file=vacation.jpg&size=original"
    assert signature(get(url)) == "tR3+Ty81lMeYAr/Fid0kMTYa/WM="


def test_the_signature_of_twitter_s_example_is_made() -> None:
    keys = Keys(
        "xvz1evFS4wEEPTGEFPHBog",
        "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    )
    request = HttpRequest(
        "POST",
        parse_url("https://api.twitter.com/1/statuses/update.json?include_entities=true"),
        FORM,
        b"status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21",
    )
    moment = Moment("1318622958", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg")
    assert signature(request, keys, moment) == "tnnArxj06cWHq44gCs1OSKk/jLY="


def test_a_json_body_is_not_part_of_the_signature() -> None:
    url = parse_url("https://api.example.com/x")
    one = HttpRequest("POST", url, (("Content-Type", "application/json"),), b'{"a":1}')
    two = HttpRequest("POST", url, (("Content-Type", "application/json"),), b'{"a":2}')
    assert signature(one) == signature(two)


def test_a_form_is_part_of_the_signature() -> None:
    url = parse_url("https://api.example.com/x")
    assert signature(HttpRequest("POST", url, FORM, b"a=1")) != signature(
        HttpRequest("POST", url, FORM, b"a=2")
    )


@pytest.mark.parametrize("query", ["a=1&a=2", "q=%5B%5D%20x", "q=ü|{}", "empty=", "q=100%"])
def test_any_query_that_can_be_called_can_be_signed(query: str) -> None:
    request = get(f"https://api.example.com/x?{query}")
    assert signature(request)
    assert parse_qsl(request.url.target.partition("?")[2], keep_blank_values=True)


def test_a_form_that_is_not_encoded_cannot_be_signed() -> None:
    request = HttpRequest("POST", parse_url("https://api.example.com/x"), FORM, "a=grün{}".encode())
    with pytest.raises(SigningError) as caught:
        sign_oauth1(request, CORE_KEYS)
    assert caught.value.code == "credential.cannot_sign"
    assert "grün" not in caught.value.message


def test_two_signatures_are_never_the_same() -> None:
    request = get("https://api.example.com/x")
    assert signature(request, moment=None) != signature(request, moment=None)


def test_keys_are_neither_printed_nor_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sign_oauth1(get("https://api.example.com/x"), CORE_KEYS)
    assert "kd94hf93k423kf44" not in caplog.text + repr(CORE_KEYS)
