import pytest

from engine.http.error import BlockedByPolicy, HttpError
from engine.http.message import HttpRequest
from engine.http.redirect import next_request, turns_into_get
from engine.http.url import parse_url

HEADERS = (
    ("Authorization", "mine"),
    ("Cookie", "a=1"),
    ("X-Key", "k"),
    ("Content-Type", "application/json"),
)


def request(method: str = "POST", url: str = "https://a.example/one?q=1") -> HttpRequest:
    return HttpRequest(method, parse_url(url), HEADERS, b"{}")


def names(after: HttpRequest) -> set[str]:
    return {name for name, _ in after.headers}


@pytest.mark.parametrize(
    ("status", "method", "after"),
    [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "PUT", "GET"),
        (303, "DELETE", "GET"),
        (303, "HEAD", "HEAD"),
        (301, "PUT", "PUT"),
        (302, "DELETE", "DELETE"),
        (307, "POST", "POST"),
        (308, "PATCH", "PATCH"),
        (302, "GET", "GET"),
    ],
)
def test_the_method_changes_only_where_the_standard_says(status: int, method: str, after: str) -> None:
    hop = next_request(request(method), status, "/two", has_credential=True)
    assert hop.method == after
    assert turns_into_get(method, status) == (after != method)


def test_a_request_that_becomes_a_get_loses_its_body_and_what_describes_it() -> None:
    hop = next_request(request(), 303, "/two", has_credential=True)
    assert hop.body is None
    assert names(hop) == {"Authorization", "Cookie", "X-Key"}


def test_a_repeated_request_keeps_its_body() -> None:
    hop = next_request(request(), 307, "/two", has_credential=True)
    assert (hop.body, hop.headers) == (b"{}", HEADERS)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/two", "https://a.example/two"),
        ("two", "https://a.example/two"),
        ("?q=2", "https://a.example/one?q=2"),
        ("//b.example/x", "https://b.example/x"),
        ("https://b.example:444/x#frag", "https://b.example:444/x"),
        ("/ü", "https://a.example/%C3%BC"),
    ],
)
def test_a_location_is_resolved_against_the_request(location: str, url: str) -> None:
    assert next_request(request("GET"), 302, location, has_credential=True).url.text == url


@pytest.mark.parametrize("name", ["X-Api-Key", "api-key", "X-Auth-Token", "Proxy-Authorization"])
def test_nor_does_a_key_that_was_written_into_the_step(name: str) -> None:
    asked = request("GET").with_header(name, "k")
    assert name not in names(next_request(asked, 302, "https://b.example/", has_credential=False))
    assert name in names(next_request(asked, 302, "/two", has_credential=False))


@pytest.mark.parametrize("location", ["https://b.example/", "https://a.example:444/", "http://a.example/"])
def test_without_a_credential_own_authorization_and_cookies_stay_at_their_origin(location: str) -> None:
    hop = next_request(request("GET"), 302, location, has_credential=False)
    assert names(hop) == {"X-Key", "Content-Type"}


def test_at_the_same_origin_they_are_kept() -> None:
    hop = next_request(request("GET"), 302, "/two", has_credential=False)
    assert names(hop) == {"Authorization", "Cookie", "X-Key", "Content-Type"}


def test_a_credential_does_not_follow_down_to_plain_http() -> None:
    with pytest.raises(BlockedByPolicy) as caught:
        next_request(request("GET"), 302, "http://a.example/", has_credential=True)
    assert caught.value.code == "policy.insecure_scheme"


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://b.example/",
        "data:text/plain,hi",
        "javascript:alert(1)",
        "https://a.example@b.example/",
        "https://[",
        "http://2130706433/",
        "http://127.0.0.1:8080/admin",
        "http://localhost/",
        "http://[::1]/",
    ],
)
def test_other_schemes_odd_hosts_and_this_machine_are_refused(location: str) -> None:
    with pytest.raises(HttpError) as caught:
        next_request(request("GET"), 302, location, has_credential=False)
    assert caught.value.code == "http.redirect_refused"


def test_from_this_machine_a_redirect_to_this_machine_is_followed() -> None:
    hop = next_request(
        request("GET", "http://127.0.0.1:1/"), 302, "http://127.0.0.1:2/", has_credential=False
    )
    assert hop.url.port == 2
