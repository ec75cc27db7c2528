from collections.abc import Iterator

import pytest

from engine.errors import LoopiError
from engine.http.error import HttpError
from engine.steps.api_call import API_CALL
from servers.api_run import ApiRun, api_run
from servers.echo import (
    EchoServer,
    json_reply,
)


@pytest.fixture
def run() -> Iterator[ApiRun]:
    with api_run() as running:
        yield running


def test_the_step_leaves_status_headers_url_time_and_data(run: ApiRun, server: EchoServer) -> None:
    url = server.reply("/x", json_reply({"main": {"temp": 301.25}}, headers={"X-A": "1"}))
    result = run.call(url=url)
    assert result.status == "ok"
    assert {**result.output, "elapsedSeconds": 0, "headers": 0} == {
        "status": 200,
        "url": url,
        "data": {"main": {"temp": 301.25}},
        "elapsedSeconds": 0,
        "headers": 0,
    }
    assert result.output["headers"]["x-a"] == "1"  # type: ignore[index,call-overload]
    assert isinstance(result.output["elapsedSeconds"], float)


def test_the_query_is_added_to_the_one_in_the_url(run: ApiRun, server: EchoServer) -> None:
    run.call(url=server.url + "/x?a=1", query={"b": "ü &", "c": [1, 2.5, True], "d": None, "e": ""})
    assert server.requests[0].target == "/x?a=1&b=%C3%BC%20%26&c=1&c=2.5&c=true&e="


def test_headers_may_repeat_and_need_not_be_text(run: ApiRun, server: EchoServer) -> None:
    run.call(url=server.url, headers={"X-N": 5, "X-L": ["a", "b"], "X-B": False})
    values = [(name, value) for name, value in server.requests[0].headers if name.startswith("X-")]
    assert values == [("X-N", "5"), ("X-L", "a"), ("X-L", "b"), ("X-B", "false")]


@pytest.mark.parametrize(
    ("fields", "sent", "kind"),
    [
        (
            {"body": {"json": {"a": ["ü", 12345678901234567890]}}},
            '{"a":["ü",12345678901234567890]}',
            "application/json",
        ),
        ({"body": {"json": None}}, "null", "application/json"),
        (
            {"body": {"form": {"a": "1 &", "b": [True, 2]}}},
            "a=1%20%26&b=true&b=2",
            "application/x-www-form-urlencoded",
        ),
        ({"body": {"text": "hello"}}, "hello", "text/plain; charset=utf-8"),
        ({"body": '{"a": 1}', "contentType": "json"}, '{"a": 1}', "application/json"),
        ({"body": "a=1", "contentType": "form"}, "a=1", "application/x-www-form-urlencoded"),
        ({"body": "hello"}, "hello", "text/plain; charset=utf-8"),
        ({"body": "hello", "contentType": "none"}, "", None),
        ({"body": {"text": "<a/>"}, "headers": {"content-type": "text/xml"}}, "<a/>", "text/xml"),
        ({}, "", None),
    ],
)
def test_a_body_is_sent_as_its_kind_says(  # noqa: PLR0917 - by name
    run: ApiRun,
    server: EchoServer,
    fields: dict[str, object],
    sent: str,
    kind: str | None,
) -> None:
    run.call(url=server.url, method="post", **fields)  # type: ignore[arg-type]  # JSON all the same
    seen = server.requests[0]
    assert (seen.method, seen.body.decode(), seen.header("Content-Type")) == ("POST", sent, kind)


@pytest.mark.parametrize(
    "fields",
    [
        {"method": "CONNECT"},
        {"method": "GET /evil HTTP/1.1\r\n"},
        {"url": ""},
        {"url": "not a url"},
        {"url": 5},
        {"query": "a=1"},
        {"query": {"a": {"b": 1}}},
        {"headers": ["X"]},
        {"headers": {"X": {"a": 1}}},
        {"body": {"json": 1, "text": "x"}},
        {"body": {}},
        {"body": {"file": "x", "text": "y"}},
        {"body": {"multipart": []}},
        {"saveResponseTo": 5},
        {"body": 5},
        {"body": {"json": float("nan")}},
        {"body": {"text": "\ud800"}},
        {"body": "x", "contentType": "xml"},
        {"timeoutSeconds": 0},
        {"timeoutSeconds": -1},
        {"timeoutSeconds": "5"},
        {"okStatuses": "200"},
        {"okStatuses": ["2xx"]},
    ],
)
def test_a_field_that_cannot_be_used_fails_before_anything_is_sent(
    run: ApiRun, server: EchoServer, fields: dict[str, object]
) -> None:
    with pytest.raises(LoopiError) as caught:
        run.call(**{"url": server.url, "method": "POST", **fields})  # type: ignore[arg-type]
    assert caught.value.code in {"http.invalid_request", "http.invalid_url"}
    assert (server.requests, run.facts) == ([], [])


def test_a_header_that_cannot_be_sent_is_named_and_its_value_is_not(run: ApiRun, server: EchoServer) -> None:
    failure = run.call(url=server.url, headers={"X-City": "a\r\nX-Evil: 1"}).failure
    assert failure is not None
    assert failure.code == "http.invalid_header"
    assert "X-City" in failure.message
    assert "Evil" not in failure.message
    assert server.requests == []


def test_request_and_response_are_announced(run: ApiRun, server: EchoServer) -> None:
    run.call(
        url=server.url + "/x",
        method="POST",
        query={"a": 1},
        body={"json": {"b": 2}},
        headers={"X": ["1", "2"]},
    )
    assert (run.sent.method, run.sent.url, run.sent.body) == ("POST", server.url + "/x?a=1", '{"b":2}')
    assert run.sent.headers == {"X": "1, 2", "Content-Type": "application/json"}
    assert [(each.status, each.size_bytes > 0) for each in run.received] == [(200, True)]


@pytest.mark.parametrize(
    ("method", "effect"),
    [
        ("GET", "read"),
        ("head", "read"),
        ("OPTIONS", "read"),
        ("PUT", "idempotent"),
        ("DELETE", "idempotent"),
        ("POST", "once"),
        ("PATCH", "once"),
        ("{{m}}", "once"),
        (None, "read"),
    ],
)
def test_how_safe_a_repeat_is_depends_on_the_method(method: str | None, effect: str) -> None:
    assert API_CALL.classify({"method": method} if method else {}) == effect


def test_errors_of_the_client_are_results_and_those_before_it_are_raised(run: ApiRun) -> None:
    with pytest.raises(HttpError):
        run.call(url="ftp://127.0.0.1/")
    assert run.call(url="http://169.254.169.254/").failure is not None


def test_a_post_carries_the_key_of_the_step_when_it_asks_for_one(run: ApiRun, server: EchoServer) -> None:
    run.call(url=server.url, method="POST", idempotencyKey=True, headers={"idempotency-key": "own", "A": "1"})
    assert server.requests[0].header("Idempotency-Key") == "key"
    assert run.sent.headers == {"A": "1", "Idempotency-Key": "key"}


def test_without_asking_no_key_is_sent(run: ApiRun, server: EchoServer) -> None:
    run.call(url=server.url, method="POST")
    assert server.requests[0].header("Idempotency-Key") is None
