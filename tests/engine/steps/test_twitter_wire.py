from requests import Request

from engine.http.header import Headers
from engine.http.message import HttpResponse
from engine.http.url import parse_url
from engine.secrets import BULLETS
from engine.steps.twitter_wire import outgoing, parsed, received, sent

URL = "https://api.x.com/2/tweets"


def test_a_signature_is_shown_as_bullets_and_nothing_else_is_sent_along() -> None:
    made = Request("POST", URL, json={"text": "é"}, headers={"Authorization": "OAuth x", "User-Agent": "t"})
    request = outgoing(made.prepare())
    assert {name.lower() for name, _ in request.headers} == {"authorization", "content-type"}
    fact = sent(request)
    assert fact.headers["authorization"] == BULLETS
    assert fact.body == '{"text": "\\u00e9"}'


def test_media_is_shown_by_its_size() -> None:
    made = Request("POST", URL, files={"media": ("a", b"\xff\xd8" * 500)}).prepare()
    assert sent(outgoing(made)).body == f"({len(made.body or b'')} bytes)"


def test_cookies_of_an_answer_are_not_shown() -> None:
    headers = Headers(((b"Set-Cookie", b"a=b"), (b"X-Rate-Limit-Reset", b"5")))
    assert dict(received(HttpResponse(200, parse_url(URL), headers, b"{}", 0.5)).headers) == {
        "x-rate-limit-reset": "5"
    }


def test_only_an_object_is_an_answer() -> None:
    assert parsed(b'{"data": 1}') == {"data": 1}
    assert [parsed(body) for body in (b"", b"[]", b"<html>", b"[" * 100_000, b"\xff")] == [None] * 5
