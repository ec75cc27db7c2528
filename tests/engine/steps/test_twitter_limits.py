import pytest

from engine.rate_limit import Limit
from engine.steps.twitter_limits import describe_limit, family, reset_at, used_up

NOW = 1_790_000_000.0
FIFTEEN = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1790000900"}
DAY = {"x-user-limit-24hour-remaining": "0", "x-user-limit-24hour-reset": "1790080000"}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (FIFTEEN, 1_790_000_901.0),
        (FIFTEEN | DAY, 1_790_080_001.0),
        (FIFTEEN | DAY | {"x-user-limit-24hour-remaining": "7"}, 1_790_000_901.0),
        ({"x-app-limit-24hour-remaining": "0", "x-app-limit-24hour-reset": "1790080000"}, 1_790_080_001.0),
        ({"retry-after": "30"}, NOW + 30),
        ({"x-rate-limit-remaining": "5", "x-rate-limit-reset": "1790000900"}, None),
        ({"x-rate-limit-remaining": "0"}, None),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "soon"}, None),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "9" * 30}, None),
        ({"retry-after": "-1"}, None),
        ({}, None),
    ],
)
def test_the_latest_reset_of_a_used_up_limit_counts(headers: dict[str, str], expected: float | None) -> None:
    assert reset_at(headers, NOW) == expected


def test_the_sentence_names_the_limit_that_ends_last() -> None:
    sentence = describe_limit(FIFTEEN | DAY, reset_at(FIFTEEN | DAY, NOW))
    assert sentence == "The limit of 24 hours for this account ends at 2026-09-22 12:26:41 UTC. "


def test_without_a_reset_nothing_is_said() -> None:
    assert describe_limit({}, None) == ""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2/tweets", "GET /2/tweets"),
        ("/2/users/123/tweets", "GET /2/users/:/tweets"),
        ("/2/users/1/likes/2", "GET /2/users/:/likes/:"),
        ("/2/users/by/username/123abc", "GET /2/users/by/username/:"),
        ("/2/media/upload/77/append", "GET /2/media/upload/:/append"),
        ("/2/tweets/search/recent", "GET /2/tweets/search/recent"),
    ],
)
def test_requests_that_x_counts_together_are_of_one_kind(path: str, expected: str) -> None:
    assert family("GET", path) == expected


def test_a_used_up_limit_has_the_name_of_the_one_that_ends_last() -> None:
    assert used_up(FIFTEEN | DAY, NOW) == Limit(1_790_080_001.0, "limit of 24 hours for this account of X")
    assert used_up({"x-rate-limit-remaining": "1", "x-rate-limit-reset": "1790000900"}, NOW) is None


def test_a_refused_request_waits_for_the_end_of_its_window_whatever_is_left_of_it() -> None:
    for left in ({}, {"x-rate-limit-remaining": "5"}):
        headers = {"x-rate-limit-reset": "1790000900", **left}
        assert reset_at(headers, NOW) is None
        assert reset_at(headers, NOW, is_refused=True) == 1_790_000_901.0
    assert reset_at({"x-rate-limit-reset": "1780000000"}, NOW, is_refused=True) is None
