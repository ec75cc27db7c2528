import pytest

from engine.effects import Failure
from engine.steps.twitter_errors import Refusal, failure_of
from servers import x_problems as x
from servers.x_problems import Problem

NOW = 1_790_000_000.0
RESET = 1_790_000_900


def failed(problem: Problem, *, is_once: bool = True) -> Failure:
    headers = {name.lower(): value for name, value in problem.headers.items()}
    return failure_of(Refusal(problem.status, headers, problem.body), NOW, is_once=is_once)


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (x.invalid("no"), "x.invalid_request"),
        (x.UNAUTHORIZED, "x.unauthorized"),
        (x.UNAUTHORIZED_V1, "x.unauthorized"),
        (x.CREDITS_DEPLETED, "x.no_credits"),
        (x.DUPLICATE, "x.forbidden.duplicate"),
        (x.NO_WRITE_PERMISSION, "x.forbidden.no_write_permission"),
        (x.NOT_ENROLLED, "x.forbidden.not_enrolled"),
        (x.WRONG_AUTHENTICATION, "x.forbidden.wrong_authentication"),
        (x.REPLY_NOT_ALLOWED, "x.forbidden.reply"),
        (x.ENTERPRISE_ONLY, "x.forbidden.plan"),
        (x.SUSPENDED_V1, "x.forbidden.suspended"),
        (x.ERRORS_DETAIL, "x.forbidden"),
        (x.problem(404, "Not Found", "Not Found"), "x.not_found"),
        (x.CONFLICT, "x.conflict"),
        (x.TOO_LARGE, "x.too_large"),
        (x.UNPROCESSABLE, "x.unprocessable"),
        (x.too_many(RESET), "x.rate_limited"),
        (x.USAGE_CAP, "x.usage_cap"),
        (x.UNAVAILABLE, "x.unavailable"),
        (x.HTML, "x.unavailable"),
        (Problem(302, ""), "x.redirected"),
        (Problem(418, ""), "x.unexpected_answer"),
        (Problem(200, {"errors": [x.not_found("username", "nobody", "user")]}), "x.not_found"),
    ],
)
def test_each_refusal_has_its_own_code_and_says_what_to_do(problem: Problem, code: str) -> None:
    failure = failed(problem)
    assert failure.code == code
    assert str(problem.status) in failure.message
    assert failure.hint


@pytest.mark.parametrize("host", ["https://api.twitter.com", "https://api.x.com"])
def test_a_problem_type_counts_by_its_last_segment(host: str) -> None:
    problem = x.problem(403, "Forbidden", "no", type=f"{host}/2/problems/oauth1-permissions")
    assert failed(problem).code == "x.forbidden.no_write_permission"


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (x.invalid("The `ids` value is odd"), "“The `ids` value is odd”"),
        (x.ERRORS_DETAIL, "“You cannot send messages to this user.”"),
        (x.SUSPENDED_V1, "“Your account is suspended and is not permitted to do this.”"),
        (x.DUPLICATE, "“You are not allowed to create a Tweet with duplicate content.”"),
        (Problem(403, {"errors": [{"message": "a"}, {"message": "a"}, {"detail": "b"}]}), "“a; b”"),
        (Problem(403, {"detail": "line\nbreak \u202eand more"}), "“line break and more”"),
        (Problem(403, {"detail": "x" * 900}), "“" + "x" * 300 + "”"),
    ],
)
def test_the_message_quotes_x_in_one_short_line(problem: Problem, words: str) -> None:
    assert failed(problem).message.endswith(words)


@pytest.mark.parametrize(
    "body",
    [
        None,
        "text",
        [],
        [1],
        5,
        {"errors": None},
        {"errors": {}},
        {"errors": [None, "a", 5, []]},
        {"detail": 5},
    ],
)
def test_a_body_of_any_shape_is_survived(body: object) -> None:
    assert failure_of(Refusal(403, {}, body), NOW, is_once=True).code == "x.forbidden"


def test_a_used_up_limit_is_waited_for_until_its_reset() -> None:
    failure = failed(x.too_many(RESET))
    assert failure.retryable
    assert failure.retry_at == RESET + 1
    assert "15 minutes ends at 2026-09-21 14:28:21 UTC" in failure.hint


def test_of_two_used_up_limits_the_later_one_is_waited_for() -> None:
    both = x.too_many(RESET).headers | x.too_many(RESET + 9999, window="user-limit-24hour").headers
    assert failed(x.too_many(RESET)._replace(headers=both)).retry_at == RESET + 9999 + 1


@pytest.mark.parametrize("problem", [x.USAGE_CAP, x.CREDITS_DEPLETED, x.UNAUTHORIZED, x.DUPLICATE])
def test_what_waiting_does_not_cure_is_not_repeated(problem: Problem) -> None:
    failure = failed(problem._replace(headers=x.too_many(RESET).headers))
    assert not failure.retryable
    assert failure.retry_at is None


@pytest.mark.parametrize(("is_once", "expected"), [(True, True), (False, False)])
def test_a_post_that_ends_in_a_5xx_may_have_happened(*, is_once: bool, expected: bool) -> None:
    assert failed(x.UNAVAILABLE, is_once=is_once).may_have_happened is expected


def test_a_refused_post_has_not_happened() -> None:
    assert not failed(x.too_many(RESET)).may_have_happened
