from engine.errors import LoopiError
from engine.http.error import BlockedByPolicy, HttpError


def test_a_request_has_not_happened_unless_somebody_says_so() -> None:
    assert not HttpError("http.timeout", "…").may_have_happened


def test_a_refusal_is_an_error_of_the_same_shape() -> None:
    refusal = BlockedByPolicy("policy.host_blocked", "blocked", hint="allow it")
    assert isinstance(refusal, LoopiError)
    assert refusal.to_json() == {"code": "policy.host_blocked", "message": "blocked", "hint": "allow it"}
