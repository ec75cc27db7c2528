"""When a failed call may be repeated, and after how long. Pure."""

from engine.effects import EffectClass, Failure
from engine.events import StepRetrying
from engine.model import Retry

# Up to a tenth more, so that many clients that failed together do not come back together.
JITTER = 0.1
MAX_DELAY_S = 24 * 3600.0


def may_repeat(retry: Retry, attempt: int, effect: EffectClass, failure: Failure) -> bool:
    """Whether attempt number `attempt` (from 1) may be followed by another.

    What may have been carried out already is repeated only when it does no harm, or when the step says so.
    """
    if attempt >= retry.attempts or not failure.retryable:
        return False
    return not failure.may_have_happened or effect != "once" or retry.even_if_sent


def delay_s(retry: Retry, attempt: int) -> float:
    """Seconds to wait after attempt `attempt` (from 1), before jitter."""
    return min(retry.delay_s * retry.backoff ** (attempt - 1), MAX_DELAY_S)


def retrying(attempt: int, failure: Failure, wait_s: float) -> StepRetrying:
    """The fact to record before the wait."""
    return StepRetrying(attempt, failure.to_json(), wait_s, failure.retry_at)
