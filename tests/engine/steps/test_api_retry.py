import pytest

from engine.effects import EffectClass, Failure
from engine.http.error import HttpError
from engine.model import Json
from engine.steps.api_retry import RetryRules, retry_rules

FAILED = Failure("http.status", "…", retryable=True)


def lost(code: str = "http.connection_lost") -> HttpError:
    error = HttpError(code, "…", retryable=True)
    error.may_have_happened = True
    return error


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_post_that_a_gateway_lost_may_have_been_carried_out(status: int) -> None:
    assert RetryRules("once").of_status(FAILED, status).may_have_happened
    assert not RetryRules("idempotent").of_status(FAILED, status).may_have_happened


@pytest.mark.parametrize("status", [408, 425, 429, 503])
def test_what_was_turned_away_has_not_happened(status: int) -> None:
    assert not RetryRules("once").of_status(FAILED, status).may_have_happened


def test_a_status_that_the_step_lists_is_repeated_whatever_the_method() -> None:
    rules = retry_rules({"retryStatuses": [500]}, "once")
    assert rules.of_status(Failure("http.status", "…"), 500) == FAILED
    assert not rules.of_status(FAILED, 503).retryable


@pytest.mark.parametrize(
    ("errors", "is_repeated"), [(None, True), ([], False), (["timeout"], False), (["connection"], True)]
)
def test_errors_are_repeated_by_their_kind(errors: Json, is_repeated: bool) -> None:  # noqa: FBT001
    assert retry_rules({"retryErrors": errors}, "read").of_error(lost()).retryable is is_repeated


@pytest.mark.parametrize(("effect", "may_have"), [("once", True), ("idempotent", True), ("read", False)])
def test_a_read_has_done_nothing(effect: EffectClass, may_have: bool) -> None:  # noqa: FBT001
    assert RetryRules(effect).of_error(lost()).may_have_happened is may_have


def test_a_key_lets_a_repeat_do_no_harm() -> None:
    rules = retry_rules({"idempotencyKey": True}, "once")
    assert not rules.of_error(lost()).may_have_happened
    assert not rules.of_status(FAILED, 502).may_have_happened
    assert rules.may_have_happened(lost())


@pytest.mark.parametrize(
    "params", [{"retryStatuses": 500}, {"retryStatuses": ["x"]}, {"retryErrors": ["dns"]}, {"retryErrors": 1}]
)
def test_what_is_no_rule_is_refused(params: dict[str, Json]) -> None:
    with pytest.raises(HttpError):
        retry_rules(params, "once")


def test_after_a_lost_post_the_advice_is_to_look_before_anything_is_done_again() -> None:
    assert "look at the service before you run it again" in RetryRules("once").of_error(lost()).hint
    assert RetryRules("read").of_error(lost()).hint == lost().hint
