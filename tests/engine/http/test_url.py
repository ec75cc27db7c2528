import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.http.error import HttpError
from engine.http.url import append_query, parse_authority, parse_url


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("https://api.example.com", "https://api.example.com/"),
        (" HTTPS://API.Example.COM/a?b=c#d \n", "https://api.example.com/a?b=c"),
        ("https://api.example.com.:443/", "https://api.example.com/"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("https://[2001:DB8:0::1]:8443/", "https://[2001:db8::1]:8443/"),
        ("https://münchen.example/ü?q=ß x", "https://xn--mnchen-3ya.example/%C3%BC?q=%C3%9F%20x"),
        ("https://\uff41\uff50\uff49.example.com/", "https://api.example.com/"),
        ("https://a.example/?q=100%&r=%41[0]", "https://a.example/?q=100%25&r=%41%5B0%5D"),
        ("https://a.example?q=1", "https://a.example/?q=1"),
        ("https://a.example/?next=https://b.example/@x", "https://a.example/?next=https://b.example/@x"),
        ("https://a.example/x\\@b.example", "https://a.example/x%5C@b.example"),
        ("https://under_score.example/", "https://under_score.example/"),
    ],
)
def test_a_url_has_one_spelling(written: str, called: str) -> None:
    assert parse_url(written).text == called


@pytest.mark.parametrize(
    "written",
    [
        "",
        "api.example.com/x",
        "//api.example.com",
        "https:/api.example.com",
        "https://",
        "https:///path",
        "ftp://api.example.com",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://user:key@api.example.com/",
        "https://api.example.com@evil.example/",
        "https://api.example.com\\@evil.example/",
        "https://api.example.com\\.evil.example/",
        "https://api.example.com%2eevil.example/",
        "https://api.example.com\r\nHost: evil.example",
        "https://api.example.com/\x00",
        "https://api.example.com/\ud800",
        "https://a b.example/",
        "https://-a.example/",
        "https://a..example/",
        "https://a.example:0/",
        "https://a.example:65536/",
        "https://a.example:8080:80/",
        "https://a.example:８０/",
        "https://[::1",
        "https://[fe80::1%25eth0]/",
        "https://[127.0.0.1]/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://1.2.3.4.5/",
        "https://faß.example/",
        "https://a\u200db.example/",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 130 + "example/",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(written: str) -> None:
    with pytest.raises(HttpError) as caught:
        parse_url(written)
    assert caught.value.code == "http.invalid_url"


def test_a_refusal_repeats_nothing_of_the_url() -> None:
    with pytest.raises(HttpError) as caught:
        parse_url("https://user:hunter2-secret@api.example.com/?key=hunter2-secret")
    assert "hunter2" not in f"{caught.value} {caught.value.hint}"


def test_printing_a_url_shows_no_path_and_no_query() -> None:
    assert repr(parse_url("https://a.example/private?key=1")) == "Url(https://a.example/…)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://a.example/x", "https://a.example/x?b=2"),
        ("https://a.example/x?", "https://a.example/x?b=2"),
        ("https://a.example/x?a=1", "https://a.example/x?a=1&b=2"),
        ("https://a.example/x?a=1&", "https://a.example/x?a=1&b=2"),
        ("https://a.example/x#top", "https://a.example/x?b=2#top"),
        ("https://a.example/x#top?", "https://a.example/x?b=2#top?"),
    ],
)
def test_a_query_is_added_to_the_one_that_is_there(before: str, after: str) -> None:
    assert append_query(before, "b=2") == after


def test_an_empty_query_adds_nothing() -> None:
    assert append_query("https://a.example/x", "") == "https://a.example/x"


@given(st.text(max_size=40))
def test_whatever_is_accepted_is_ascii_and_stays_the_same_when_read_again(tail: str) -> None:
    try:
        url = parse_url("https://a.example/" + tail)
    except HttpError:
        return
    assert url.text.isascii()
    assert parse_url(url.text) == url
    assert url.host == "a.example"


@given(st.text(alphabet="ab.-:[]@%/\\1x_é", max_size=20))
def test_an_authority_is_read_the_same_way_twice(text: str) -> None:
    try:
        host, port = parse_authority(text)
    except HttpError:
        return
    shown = f"[{host}]" if ":" in host else host
    assert parse_authority(shown if port is None else f"{shown}:{port}") == (host, port)
