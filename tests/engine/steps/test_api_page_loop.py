from collections.abc import Iterator

import pytest

from engine.effects import StepResult
from engine.events import RequestSent, ResponseReceived
from engine.model import Json
from engine.ports import Settings, Signing
from engine.secrets import BULLETS, Secret
from servers.api_run import ApiRun, api_run, key_credential
from servers.echo import EchoServer, json_reply, too_busy
from servers.loopback import Reply, Seen

KEY = Secret("key-of-the-test-0001")
BEARER = Signing("header", "Authorization", "Bearer {{credentials.apiKey}}")


@pytest.fixture
def run() -> Iterator[ApiRun]:
    with api_run() as running:
        yield running


@pytest.fixture
def other() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


def linked(items: Json, target: str | None) -> Reply:
    return json_reply(items, headers={"Link": f'<{target}>; rel="next"'} if target else {})


def code_of(result: StepResult) -> str:
    assert result.failure is not None
    return result.failure.code


def test_links_are_followed_to_the_last_page_and_the_items_joined(run: ApiRun, server: EchoServer) -> None:
    pages = [linked([1, 2], "/x?page=2"), linked([3], server.url + "/x?page=3"), linked([4], None)]
    result = run.call(url=server.reply("/x", *pages), pagination={"kind": "link"})
    assert result.status == "ok"
    assert (result.output["data"], result.output["pages"], result.output["hasMore"]) == (
        [1, 2, 3, 4],
        3,
        False,
    )
    assert [each.target for each in server.requests] == ["/x", "/x?page=2", "/x?page=3"]


def test_a_cursor_is_sent_as_a_parameter(run: ApiRun, server: EchoServer) -> None:
    pages = [json_reply({"data": [1], "meta": {"next": "a b"}}), json_reply({"data": [2], "meta": {}})]
    result = run.call(
        url=server.reply("/x", *pages) + "?n=1",
        pagination={"kind": "cursor", "itemsPath": "data", "nextPath": "meta.next", "parameter": "c"},
    )
    assert result.output["data"] == [1, 2]
    assert [each.target for each in server.requests] == ["/x?n=1", "/x?n=1&c=a%20b"]


def test_a_cursor_is_sent_in_the_body(run: ApiRun, server: EchoServer) -> None:
    pages = [json_reply({"data": [1], "next": "c1"}), json_reply({"data": [2]})]
    run.call(
        url=server.reply("/x", *pages),
        method="POST",
        body={"json": {"first": 1}},
        pagination={"kind": "cursor", "itemsPath": "data", "nextPath": "next", "bodyField": "after"},
    )
    assert [each.body for each in server.requests] == [b'{"first":1}', b'{"first":1,"after":"c1"}']


def test_numbers_are_counted_until_a_page_is_empty(run: ApiRun, server: EchoServer) -> None:
    pages = [json_reply(["a", "b"]), json_reply(["c"]), json_reply([])]
    result = run.call(url=server.reply("/x", *pages), pagination={"kind": "offset"}, query={"limit": 2})
    assert result.output["data"] == ["a", "b", "c"]
    assert [each.query["offset"] for each in server.requests] == ["0", "2", "3"]


def test_an_address_in_the_answer_is_followed(run: ApiRun, server: EchoServer) -> None:
    pages = [
        json_reply({"value": [1], "@odata.nextLink": server.url + "/x?skip=1"}),
        json_reply({"value": [2]}),
    ]
    result = run.call(
        url=server.reply("/x", *pages),
        pagination={"kind": "nextUrl", "itemsPath": "value", "nextPath": "@odata.nextLink"},
    )
    assert result.output["data"] == [1, 2]


@pytest.mark.parametrize("kept", [{"maxPages": 2}, {"maxItems": 3}])
def test_a_limit_ends_the_pages_and_says_that_there_is_more(
    run: ApiRun, server: EchoServer, kept: dict[str, Json]
) -> None:
    pages = [linked([1, 2], "/x?page=2"), linked([3, 4], "/x?page=3"), linked([5], None)]
    result = run.call(url=server.reply("/x", *pages), pagination={"kind": "link", **kept})
    assert result.output["data"] == ([1, 2, 3] if "maxItems" in kept else [1, 2, 3, 4])
    assert result.output["hasMore"] is True
    assert len(server.requests) == 2


@pytest.mark.parametrize("with_key", [True, False])
def test_a_next_page_at_another_host_is_never_asked_for(
    server: EchoServer,
    other: EchoServer,
    with_key: bool,  # noqa: FBT001
) -> None:
    credential = key_credential(BEARER, server.url, other.url, apiKey=KEY) if with_key else None
    with api_run(credential) as run:
        result = run.call(
            url=server.reply("/x", linked([1], other.url + "/y")),
            headers={"X-Key": "the step's own"},
            pagination={"kind": "link"},
        )
    assert code_of(result) == "policy.page_elsewhere"
    assert other.requests == []


def test_a_next_page_that_was_there_before_ends_the_step(run: ApiRun, server: EchoServer) -> None:
    pages = [linked([1], "/x?p=2"), linked([2], "/x")]
    assert code_of(run.call(url=server.reply("/x", *pages), pagination={"kind": "link"})) == "http.page_loop"
    assert len(server.requests) == 2


def test_a_service_that_does_not_know_the_parameter_is_noticed(run: ApiRun, server: EchoServer) -> None:
    result = run.call(url=server.reply("/x", json_reply([1, 2])), pagination={"kind": "page"})
    assert code_of(result) == "http.page_loop"
    assert len(server.requests) == 2


def test_all_pages_together_are_held_to_the_cap_of_an_answer(server: EchoServer) -> None:
    pages = [json_reply([["x" * 900], number]) for number in range(3)]
    with api_run(settings=Settings(max_response_bytes=2048)) as run:
        result = run.call(url=server.reply("/x", *pages), pagination={"kind": "page"})
    assert code_of(result) == "http.response_too_large"


def test_a_page_that_fails_fails_the_step_and_may_be_tried_again(run: ApiRun, server: EchoServer) -> None:
    result = run.call(url=server.reply("/x", json_reply([1]), too_busy("30")), pagination={"kind": "page"})
    assert result.failure is not None
    assert (result.failure.code, result.failure.retryable) == ("http.status", True)


def test_another_try_goes_on_with_the_page_that_failed(run: ApiRun, server: EchoServer) -> None:
    pages = [linked([1], "/x?page=2"), too_busy("30"), linked([2], "/x?page=3"), linked([3], None)]
    asked: dict[str, Json] = {"url": server.reply("/x", *pages), "pagination": {"kind": "link"}}
    first = run.call(**asked)
    second = run.call(**asked)
    assert first.failure is not None
    assert first.failure.retryable
    assert (second.output["data"], second.output["pages"]) == ([1, 2, 3], 3)
    assert [each.target for each in server.requests] == ["/x", "/x?page=2", "/x?page=2", "/x?page=3"]


def test_a_place_that_is_not_known_any_more_leads_back_to_the_first_page(
    run: ApiRun, server: EchoServer
) -> None:
    gone = json_reply({"message": "cursor expired"}, 410)
    pages = [linked([1], "/x?c=a"), too_busy("30"), gone, linked([1], "/x?c=b"), linked([2], None)]
    asked: dict[str, Json] = {"url": server.reply("/x", *pages), "pagination": {"kind": "link"}}
    run.call(**asked)
    second = run.call(**asked)
    assert (second.output["data"], second.output["pages"]) == ([1, 2], 2)
    assert [each.target for each in server.requests] == ["/x", "/x?c=a", "/x?c=a", "/x", "/x?c=b"]


def test_a_page_that_is_refused_at_its_first_try_fails_the_step(run: ApiRun, server: EchoServer) -> None:
    pages = [linked([1], "/x?c=a"), json_reply({}, 410)]
    assert code_of(run.call(url=server.reply("/x", *pages), pagination={"kind": "link"})) == "http.status"
    assert len(server.requests) == 2


def test_stop_is_heard_between_pages(run: ApiRun, server: EchoServer) -> None:
    run.is_cancelled = lambda: len(run.received) > 1
    result = run.call(
        url=server.reply("/x", json_reply([1]), json_reply([2]), json_reply([3])), pagination={"kind": "page"}
    )
    assert code_of(result) == "http.cancelled"
    assert len(server.requests) == 2


def test_each_page_is_signed_and_the_events_of_later_pages_are_small(server: EchoServer) -> None:
    def echoing(seen: Seen) -> Reply:
        return linked([1], f"/x?page=2&again={KEY.reveal()}")

    with api_run(key_credential(BEARER, server.url, apiKey=KEY)) as run:
        run.call(url=server.reply("/x", echoing, linked([2], None)), pagination={"kind": "link"})
    assert [each.header("Authorization") for each in server.requests] == [f"Bearer {KEY.reveal()}"] * 2
    sent = [each for each in run.facts if isinstance(each, RequestSent)]
    received = [each for each in run.facts if isinstance(each, ResponseReceived)]
    assert [each.url for each in sent] == [server.url + "/x", f"{server.url}/x?page=2&again={BULLETS}"]
    assert sent[0].headers == {"Authorization": BULLETS}
    assert (sent[1].headers, received[1].headers) == ({}, {})


def test_a_secret_in_the_address_stays_bullets_on_every_page(server: EchoServer) -> None:
    pages = [json_reply([1]), json_reply([])]
    with api_run(key_credential(None, server.url, apiKey=KEY)) as run:
        run.call(url=server.reply("/x", *pages) + "?k={{credentials.apiKey}}", pagination={"kind": "page"})
    assert [each.query["k"] for each in server.requests] == [KEY.reveal()] * 2
    assert KEY.reveal() not in repr(run.facts)
