import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.http.error import BlockedByPolicy, HttpError
from engine.http.policy import HostPolicy, literal_origin, parse_rule
from engine.http.url import parse_url

SECRET_PATH = "/x?key=hunter2"


def verdict(rules: list[str], address: str, literal: str | None = None) -> str:
    """`yes`, or the code of the refusal."""
    try:
        HostPolicy.of("Weather", rules).check(parse_url(address + SECRET_PATH), literal)
    except HttpError as error:
        return error.code.partition(".")[2]
    return "yes"


@pytest.mark.parametrize(
    ("rule", "address", "expected"),
    [
        ("api.x.com", "https://api.x.com", "yes"),
        ("api.x.com", "https://API.X.COM.", "yes"),
        ("API.X.com.", "https://api.x.com:8443", "yes"),
        ("api.x.com", "http://api.x.com", "insecure_scheme"),
        ("api.x.com", "https://x.com", "host_blocked"),
        ("api.x.com", "https://evil-api.x.com", "host_blocked"),
        ("api.x.com", "https://api.x.com.evil.example", "host_blocked"),
        ("api.x.com", "https://api.x.com@evil.example", "invalid_url"),
        ("api.x.com", "https://api.x.com\\@evil.example", "invalid_url"),
        ("api.x.com", "https://\u0430pi.x.com", "host_blocked"),
        ("api.x.com:8443", "https://api.x.com:8443", "yes"),
        ("api.x.com:8443", "https://api.x.com", "host_blocked"),
        ("https://api.x.com:443", "https://api.x.com", "yes"),
        ("https://api.x.com:443", "https://api.x.com:8443", "host_blocked"),
        ("https://api.x.com/", "https://api.x.com", "yes"),
        ("https://api.x.com", "http://api.x.com", "insecure_scheme"),
        ("*.example.com", "https://a.example.com", "yes"),
        ("*.example.com", "https://a.b.example.com", "yes"),
        ("*.example.com", "https://example.com", "host_blocked"),
        ("*.example.com", "https://evilexample.com", "host_blocked"),
        ("*.com", "https://example.com", "host_blocked"),
        ("*", "https://example.com", "host_blocked"),
        ("a*.example.com", "https://ab.example.com", "host_blocked"),
        ("*.0.0.1", "https://127.0.0.1", "host_blocked"),
        ("http://intra.example", "http://intra.example:8080", "yes"),
        ("http://intra.example", "https://intra.example", "yes"),
        ("http://intra.example:8080", "http://intra.example", "host_blocked"),
        ("http://a.example", "http://b.example", "host_blocked"),
        ("127.0.0.1", "http://127.0.0.1:5000", "yes"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "yes"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8081", "host_blocked"),
        ("https://127.0.0.1", "http://127.0.0.1", "insecure_scheme"),
        ("localhost", "http://127.0.0.1", "host_blocked"),
        ("127.0.0.1", "http://2130706433", "invalid_url"),
        ("127.0.0.1", "http://0177.0.0.1", "invalid_url"),
        ("[::1]", "http://[0:0:0:0:0:0:0:1]", "yes"),
        ("[::1]:8080", "http://[::1]", "host_blocked"),
        ("192.0.2.1", "http://192.0.2.1", "insecure_scheme"),
        ("münchen.example", "https://xn--mnchen-3ya.example", "yes"),
        ("ftp://api.x.com", "https://api.x.com", "host_blocked"),
        ("user@api.x.com", "https://api.x.com", "host_blocked"),
        ("https://api.x.com/path", "https://api.x.com", "host_blocked"),
        ("", "https://api.x.com", "host_blocked"),
    ],
)
def test_a_rule_allows_what_it_says_and_nothing_else(rule: str, address: str, expected: str) -> None:
    assert verdict([rule], address) == expected


@pytest.mark.parametrize(
    ("literal", "address", "expected"),
    [
        ("https://api.x.com", "https://api.x.com", "yes"),
        ("https://api.x.com", "https://evil.example", "host_blocked"),
        ("https://api.x.com", "https://api.x.com:8443", "host_blocked"),
        ("http://api.x.com", "http://api.x.com", "insecure_scheme"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "yes"),
        (None, "https://api.x.com", "host_blocked"),
    ],
)
def test_without_rules_the_host_must_stand_in_the_step(
    literal: str | None, address: str, expected: str
) -> None:
    assert verdict([], address, literal) == expected


def test_rules_that_cannot_be_read_do_not_open_the_way_for_the_literal_host() -> None:
    assert verdict(["https://*"], "https://api.x.com", "https://api.x.com") == "host_blocked"


def test_with_rules_the_literal_host_has_no_say() -> None:
    assert verdict(["api.x.com"], "https://evil.example", "https://evil.example") == "host_blocked"


def test_one_fitting_rule_of_several_is_enough() -> None:
    assert verdict(["a.example", "b.example"], "https://b.example") == "yes"


@pytest.mark.parametrize(
    ("template", "origin"),
    [
        ("https://api.example.com/{{path}}", "https://api.example.com"),
        ("HTTPS://Api.Example.com:443?q={{q}}", "https://api.example.com"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080"),
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com{{path}}", None),
        ("https://api.example.com:{{port}}/", None),
        ("https://{{host}}/", None),
        ("{{credentials.apiUrl}}weather", None),
        ("https://api.example.com@{{host}}/", None),
        ("https://api.example.com\\{{host}}/", None),
        ("https://api{{n}}.example.com/", None),
        ("api.example.com/x", None),
        ("", None),
    ],
)
def test_a_literal_origin_ends_before_any_placeholder(template: str, origin: str | None) -> None:
    assert literal_origin(template) == origin


def test_a_refusal_names_host_and_remedy_and_no_query() -> None:
    with pytest.raises(BlockedByPolicy) as caught:
        HostPolicy.of("Weather", ["api.x.com"]).check(parse_url("https://evil.example" + SECRET_PATH), None)
    error = caught.value
    assert error.code == "policy.host_blocked"
    assert "“Weather” may not be sent to evil.example" in error.message
    assert "add it to the allowed hosts of “Weather”" in error.hint
    assert "hunter2" not in error.message + error.hint


LABEL = st.text(alphabet="abcxyz019-", min_size=1, max_size=8)


@given(st.lists(LABEL, min_size=1, max_size=4), st.lists(LABEL, min_size=1, max_size=4))
def test_a_rule_never_allows_a_host_of_another_name(allowed: list[str], called: list[str]) -> None:
    rule = parse_rule(".".join(allowed))
    try:
        url = parse_url("https://" + ".".join(called))
    except HttpError:
        return
    if rule is not None and rule.allows(url):
        assert url.host == rule.host == ".".join(allowed)


@given(st.text(max_size=30))
def test_what_follows_an_allowed_host_in_the_authority_never_leads_elsewhere(tail: str) -> None:
    try:
        url = parse_url("https://api.x.com" + tail)
    except HttpError:
        return
    if HostPolicy.of("k", ["api.x.com"]).allows(url, None):
        assert url.host == "api.x.com"
    else:
        assert url.host != "api.x.com"
