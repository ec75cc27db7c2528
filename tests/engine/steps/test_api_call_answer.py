from collections.abc import Iterator

import pytest

from engine.ports import Settings
from engine.steps.api_answer import MAX_MESSAGE
from servers.api_run import ApiRun, api_run
from servers.clock import NOW
from servers.echo import (
    EchoServer,
    cut,
    dropped,
    held,
    json_reply,
    redirect,
    text_reply,
    too_busy,
    with_cookies,
)
from servers.loopback import Reply


@pytest.fixture
def run() -> Iterator[ApiRun]:
    with api_run() as running:
        yield running


def test_cookies_are_a_list_and_other_repeated_headers_are_joined(run: ApiRun, server: EchoServer) -> None:
    headers = run.call(url=server.reply("/x", with_cookies("a=1", "b=2; Expires=Mon, 1"))).output["headers"]
    assert headers["set-cookie"] == ["a=1", "b=2; Expires=Mon, 1"]  # type: ignore[index,call-overload]


@pytest.mark.parametrize(
    ("status", "allowed", "expected"),
    [
        (204, None, "ok"),
        (404, None, "error"),
        (404, [200, 404], "ok"),
        (404, ["400-499"], "ok"),
        (200, ["201 - 299"], "error"),
        (500, [200], "error"),
    ],
)
def test_a_status_outside_the_allowed_ones_fails_the_step(  # noqa: PLR0917 - by name
    run: ApiRun,
    server: EchoServer,
    status: int,
    allowed: list[int | str] | None,
    expected: str,
) -> None:
    url = server.reply("/x", Reply(status))
    assert run.call(url=url, okStatuses=allowed).status == expected


def test_a_failed_step_carries_the_service_s_own_words_and_its_output(
    run: ApiRun, server: EchoServer
) -> None:
    result = run.call(url=server.reply("/x", json_reply({"cod": "404", "message": "city not found"}, 404)))
    assert result.failure is not None
    assert (result.failure.code, result.failure.retryable) == ("http.status", False)
    assert result.failure.message == "The server answered 404 Not Found: city not found"
    assert result.output["data"] == {"cod": "404", "message": "city not found"}


def test_a_busy_service_says_when_to_come_back(run: ApiRun, server: EchoServer) -> None:
    failure = run.call(url=server.reply("/x", too_busy("30"))).failure
    assert failure is not None
    assert (failure.retryable, failure.retry_at) == (True, NOW + 30)


def test_redirects_may_be_left_unfollowed(run: ApiRun, server: EchoServer) -> None:
    result = run.call(url=server.reply("/x", redirect("/y")), followRedirects=False)
    assert result.output["status"] == 302


def test_the_url_is_where_the_answer_came_from(run: ApiRun, server: EchoServer) -> None:
    assert run.call(url=server.reply("/x", redirect("/y?z=1"))).output["url"] == server.url + "/y?z=1"


def test_text_and_binary_and_nothing_are_told_apart(run: ApiRun, server: EchoServer) -> None:
    assert run.call(url=server.reply("/t", text_reply("grün", "latin-1"))).output["data"] == "grün"
    binary = run.call(url=server.reply("/b", Reply(200, b"\x89PNG", (("Content-Type", "image/png"),)))).output
    assert binary["data"] is None
    assert "binary (image/png, 4 bytes)" in str(binary["note"])
    empty = run.call(url=server.reply("/e", Reply(204))).output
    assert empty["data"] is None
    assert "note" not in empty


@pytest.mark.parametrize(
    ("method", "status", "may_have_happened"),
    [
        ("GET", "error", False),
        ("DELETE", "error", True),
        ("PUT", "error", True),
        ("POST", "unknown", True),
        ("PATCH", "unknown", True),
    ],
)
def test_a_request_without_an_answer_is_unknown_only_if_it_must_not_be_repeated(  # noqa: PLR0917 - by name
    run: ApiRun,
    server: EchoServer,
    method: str,
    status: str,
    may_have_happened: bool,  # noqa: FBT001
) -> None:
    result = run.call(url=server.reply("/x", dropped()), method=method)
    assert result.failure is not None
    assert (result.status, result.failure.may_have_happened) == (status, may_have_happened)
    assert (result.failure.code, result.output) == ("http.connection_lost", {})


def test_a_post_that_never_left_has_not_happened(run: ApiRun) -> None:
    result = run.call(url="http://nobody.invalid/", method="POST")
    assert result.failure is not None
    assert (result.status, result.failure.code) == ("error", "http.host_not_found")
    assert not result.failure.may_have_happened


def test_an_answer_that_is_cut_off_is_no_answer(run: ApiRun, server: EchoServer) -> None:
    assert run.call(url=server.reply("/x", cut(b"0123456789", 3)), method="POST").status == "unknown"


def test_stop_ends_the_request(run: ApiRun, server: EchoServer) -> None:
    run.is_cancelled = lambda: bool(server.requests)
    result = run.call(url=server.reply("/x", held(server.gate())), method="POST")
    assert result.failure is not None
    assert (result.status, result.failure.code) == ("unknown", "http.cancelled")


def test_an_answer_beyond_the_cap_says_so(server: EchoServer) -> None:
    with api_run(settings=Settings(max_response_bytes=10)) as run:
        failure = run.call(url=server.reply("/x", Reply(200, bytes(11)))).failure
    assert failure is not None
    assert failure.code == "http.response_too_large"


def test_a_secret_at_the_place_where_a_long_message_is_cut_is_masked_first(server: EchoServer) -> None:
    secret = "key-of-the-test-0123456789"
    server.reply("/x", json_reply({"message": "x" * (MAX_MESSAGE - 10) + secret}, 400))
    with api_run() as run:
        run.resources.redactor.add(secret)
        failure = run.call(url=server.url + "/x").failure
    assert failure is not None
    assert "key-of" not in failure.message
