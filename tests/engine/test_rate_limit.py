import threading

import pytest

from engine.rate_limit import Limit, RateLimits, in_words

NOW = 1_790_000_000.0


def test_a_limit_holds_for_its_credential_and_kind_until_it_ends() -> None:
    limits, limit = RateLimits(), Limit(NOW + 10, "limit")
    limits.learn("c1", "POST /2/tweets", limit)
    assert limits.find("c1", "POST /2/tweets", NOW) == limit
    assert limits.find("c2", "POST /2/tweets", NOW) is None
    assert limits.find("c1", "GET /2/users/me", NOW) is None
    assert limits.find("c1", "POST /2/tweets", NOW + 10) is None


def test_of_two_ends_the_later_one_counts() -> None:
    limits = RateLimits()
    for until in (NOW + 20, NOW + 10):
        limits.learn("c1", "a", Limit(until, "limit"))
    found = limits.find("c1", "a", NOW)
    assert found is not None
    assert found.until == NOW + 20


def test_many_threads_may_learn_and_look_at_once() -> None:
    limits = RateLimits()

    def work(number: int) -> None:
        for step in range(200):
            limits.learn("c1", "a", Limit(NOW + number * 200 + step, "limit"))
            limits.find("c1", "a", NOW + step)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = limits.find("c1", "a", NOW)
    assert found is not None
    assert found.until == NOW + 8 * 200 - 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (0.2, "1 second"),
        (40, "40 seconds"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (841, "15 minutes"),
        (7200, "2 hours"),
        (80_000, "23 hours"),
    ],
)
def test_a_length_of_time_is_told_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_a_refusal_says_when_it_ends_and_what_was_allowed() -> None:
    limit = Limit(NOW + 7200, "limit of 24 hours for this app of X")
    assert limit.refusal(7200, 900) == (
        "The limit of 24 hours for this app of X ends at 2026-09-21 16:13:20 UTC, in 2 hours, "
        "and this step may wait 15 minutes at most."
    )
    assert limit.refusal(7200, 0).endswith("this step may not wait.")
