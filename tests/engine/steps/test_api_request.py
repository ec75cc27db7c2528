import pytest

from engine.http.error import HttpError
from engine.ports import Signing
from engine.secrets import BULLETS
from engine.steps.api_request import MAX_SHOWN, build_request, method_of, shown_request

URL = "https://api.example.com/x"


def test_a_request_is_built_from_its_fields() -> None:
    request = build_request(
        {"url": f" {URL}#top", "method": "put", "query": {"a": 1}, "headers": {"X": 2}, "body": {"text": "ü"}}
    )
    assert (request.method, request.url.text, request.body) == ("PUT", URL + "?a=1", "ü".encode())
    assert request.headers == (("X", "2"), ("Content-Type", "text/plain; charset=utf-8"))


def test_only_a_url_is_needed() -> None:
    request = build_request({"url": URL})
    assert (request.method, request.headers, request.body) == ("GET", (), None)


@pytest.mark.parametrize("method", ["", None])
def test_no_method_is_get(method: object) -> None:
    assert method_of({"method": method}) == "GET"


@pytest.mark.parametrize("method", ["GE T", "CONNECT", 5, "GET\r\n", "PÖST"])
def test_a_method_that_is_no_word_is_refused(method: object) -> None:
    with pytest.raises(HttpError):
        method_of({"method": method})


@pytest.mark.parametrize(
    ("signing", "url", "headers"),
    [
        (None, URL, {}),
        (Signing("none"), URL, {}),
        (Signing("basic"), URL, {"Authorization": BULLETS}),
        (Signing("header", "X-Key"), URL, {"X-Key": BULLETS}),
        (Signing("query", "appid"), f"{URL}?appid={BULLETS}", {}),
    ],
)
def test_what_signs_is_shown_as_bullets(signing: Signing | None, url: str, headers: dict[str, str]) -> None:
    shown = shown_request({"url": URL}, signing)
    assert (shown.url, shown.headers) == (url, headers)


def test_a_shown_url_may_hold_bullets_where_a_real_one_may_not() -> None:
    shown = shown_request({"url": f"{URL}?key={BULLETS}", "query": {"q": "ü"}}, None)
    assert shown.url == f"{URL}?key={BULLETS}&q=%C3%BC"


def test_a_shown_body_is_cut() -> None:
    shown = shown_request({"url": URL, "body": {"text": "x" * (MAX_SHOWN + 1)}}, None)
    assert len(shown.body) == MAX_SHOWN


def test_a_key_that_is_written_into_the_step_is_shown_as_bullets() -> None:
    headers = {"Authorization": "Bearer typed-in", "Cookie": "session=1", "X-API-Key": "k", "Accept": "*/*"}
    sent = shown_request({"url": URL, "headers": headers}, None)
    assert sent.headers == {
        "Authorization": BULLETS,
        "Cookie": BULLETS,
        "X-API-Key": BULLETS,
        "Accept": "*/*",
    }
