from engine.http.header import Headers
from engine.http.message import HttpRequest, HttpResponse
from engine.http.url import parse_url

URL = parse_url("https://a.example/private?key=1")


def test_a_header_replaces_those_of_its_name() -> None:
    request = HttpRequest("GET", URL, (("authorization", "old"), ("Accept", "*/*")))
    assert request.with_header("Authorization", "new").headers == (
        ("Accept", "*/*"),
        ("Authorization", "new"),
    )


def test_a_header_is_found_whatever_its_case() -> None:
    request = HttpRequest("GET", URL, (("ACCEPT", "text/plain"),))
    assert request.header("accept") == "text/plain"
    assert request.header("cookie") is None


def test_printing_a_request_or_an_answer_shows_no_content() -> None:
    request = HttpRequest("POST", URL, (("Authorization", "secret-1"),), b"secret-2")
    response = HttpResponse(200, URL, Headers([(b"X", b"secret-3")]), b"secret-4", 0.1)
    assert repr(request) == "HttpRequest(POST Url(https://a.example/…))"
    assert repr(response) == "HttpResponse(200 from Url(https://a.example/…), 8 bytes)"
