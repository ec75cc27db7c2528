import pytest

from engine.http.content import Content
from engine.http.error import HttpError
from engine.http.header import Headers
from engine.model import Json
from engine.steps.api_answer import (
    MAX_MESSAGE,
    MAX_WAIT_S,
    failure_of,
    ok_ranges,
    retry_time,
    service_message,
)

NOW = 1_790_000_000.0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"error": {"message": "a"}}, "a"),
        ({"message": "a", "error": "b"}, "a"),
        ({"detail": "a", "title": "b"}, "a"),
        ({"title": "a"}, "a"),
        ({"errors": [{"message": "a"}, {"message": "b"}]}, "a"),
        ({"errors": [{"detail": "a"}]}, "a"),
        ({"error": "invalid_grant", "error_description": "a"}, "a"),
        ({"error": "a"}, "a"),
        ({"message": "  a\n b "}, "a b"),
        ("plain words", "plain words"),
        ("<html><h1>502</h1></html>", ""),
        ({"message": 5, "errors": []}, ""),
        ({"errors": ["a"]}, ""),
        ([1], ""),
        (None, ""),
    ],
)
def test_the_service_s_own_words_are_found(data: Json, said: str) -> None:
    assert service_message(data) == said


def test_long_words_are_cut() -> None:
    assert len(service_message("x" * 10_000)) == MAX_MESSAGE


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("30", NOW + 30),
        ("0", NOW),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 1_792_567_680.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", NOW),
        ("999999999999", NOW + MAX_WAIT_S),
        ("-5", None),
        ("1e400", None),
        ("soon", None),
        ("٣", None),
        ("", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str, at: float | None) -> None:
    assert retry_time(Headers([(b"retry-after", value.encode("utf-8"))]), NOW, is_limit=False) == at


def test_the_limit_header_counts_for_too_many_requests_only() -> None:
    headers = Headers([(b"x-rate-limit-reset", b"1790000900")])
    assert retry_time(headers, NOW, is_limit=True) == 1_790_000_900.0
    assert retry_time(headers, NOW, is_limit=False) is None


@pytest.mark.parametrize(
    ("status", "has_credential", "code"),
    [
        (401, True, "http.unauthorized"),
        (403, True, "http.forbidden"),
        (401, False, "http.status"),
        (500, True, "http.status"),
    ],
)
def test_only_a_credential_can_be_refused(status: int, has_credential: bool, code: str) -> None:  # noqa: FBT001
    failure = failure_of(status, Headers(), Content(None), has_credential=has_credential, now_s=NOW)
    assert failure.code == code
    assert failure.hint


@pytest.mark.parametrize(
    ("status", "retryable"), [(408, True), (425, True), (429, True), (502, True), (404, False), (501, False)]
)
def test_some_statuses_may_be_better_next_time(status: int, retryable: bool) -> None:  # noqa: FBT001
    failure = failure_of(status, Headers(), Content(None), has_credential=False, now_s=NOW)
    assert failure.retryable is retryable


def test_a_status_without_a_name_is_a_number() -> None:
    failure = failure_of(599, Headers(), Content("odd"), has_credential=False, now_s=NOW)
    assert failure.message == "The server answered 599: odd"


def test_ranges_are_numbers_or_texts() -> None:
    assert ok_ranges([200, "404", "500 - 599"]) == ((200, 200), (404, 404), (500, 599))
    assert ok_ranges(None) == ((200, 399),)


@pytest.mark.parametrize("allowed", ["200", [True], [99], ["2xx"], ["200-"], [None]])
def test_what_is_no_range_is_refused(allowed: object) -> None:
    with pytest.raises(HttpError) as caught:
        ok_ranges(allowed)
    assert caught.value.code == "http.invalid_request"
