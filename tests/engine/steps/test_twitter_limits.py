import pytest

from engine.steps.twitter_limits import describe_limit, reset_at

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
