import pytest

from engine.effects import EffectClass, Failure
from engine.model import Retry
from engine.retry import MAX_DELAY_S, delay_s, may_repeat, retrying

REFUSED = Failure("x", "Refused.", retryable=True)
LOST = Failure("x", "No answer.", retryable=True, may_have_happened=True)
FINAL = Failure("x", "Wrong.")
TWICE, STUBBORN = Retry(attempts=2), Retry(attempts=2, even_if_sent=True)


@pytest.mark.parametrize(
    ("retry", "attempt", "effect", "failure", "may"),
    [
        (TWICE, 1, "once", REFUSED, True),
        (TWICE, 2, "once", REFUSED, False),
        (Retry(), 1, "read", REFUSED, False),
        (TWICE, 1, "read", FINAL, False),
        (TWICE, 1, "read", LOST, True),
        (TWICE, 1, "idempotent", LOST, True),
        (TWICE, 1, "once", LOST, False),
        (STUBBORN, 1, "once", LOST, True),
        (STUBBORN, 1, "once", FINAL, False),
        (STUBBORN, 2, "once", LOST, False),
    ],
)
def test_what_may_have_happened_is_not_repeated_unless_that_does_no_harm(
    retry: Retry, attempt: int, effect: EffectClass, failure: Failure, *, may: bool
) -> None:
    assert may_repeat(retry, attempt, effect, failure) is may


def test_each_wait_is_longer_and_none_is_longer_than_a_day() -> None:
    retry = Retry(attempts=100, delay_s=2, backoff=3)

    assert [delay_s(retry, attempt) for attempt in (1, 2, 3)] == [2, 6, 18]
    assert delay_s(Retry(delay_s=86_400, backoff=10), 99) == MAX_DELAY_S


def test_the_fact_before_a_wait_says_until_when() -> None:
    fact = retrying(1, Failure("x", "Slow down.", "Wait.", retry_at=99.0), 2.0)

    assert (fact.attempt, fact.delay_s, fact.until) == (1, 2.0, 99.0)
    assert fact.error == {"code": "x", "message": "Slow down.", "hint": "Wait."}
