"""What X's refusals mean, and what to do about them. Pure: from status, headers and parsed body to a Failure.

Shapes: problem documents (RFC 9457; `type` comes with either host: only its last segment counts),
400 with `errors[].message`, 403 with `errors[].detail`, and version 1.1's `errors[].code`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.effects import Failure
from engine.steps.twitter_limits import describe_limit, reset_at
from engine.steps.twitter_rules import RULES, Rule

_QUOTE_LIMIT = 300
_INVISIBLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is not what was asked for. Header names in lower case; `body` parsed, or None."""

    status: int
    headers: Mapping[str, str]
    body: object = None


def failure_of(refusal: Refusal, now: float, *, is_once: bool) -> Failure:
    """The Failure for an answer. `now` in Unix seconds; `is_once`: the request must not happen twice."""
    rule = rule_of(refusal)
    words = "; ".join(dict.fromkeys(_words(refusal.body)))[:_QUOTE_LIMIT]
    said = f" It said: “{words}”" if words else ""
    message = f"{rule.message} (X answered {refusal.status}.){said}"
    if rule.code != "x.rate_limited":
        may_have_happened = is_once and refusal.status >= 500
        return Failure(rule.code, message, rule.hint, rule.retryable, None, may_have_happened)
    until = reset_at(refusal.headers, now, is_refused=True)
    return Failure(
        rule.code, message, describe_limit(refusal.headers, until) + rule.hint, retryable=True, retry_at=until
    )


def rule_of(refusal: Refusal) -> Rule:
    """The first rule that fits; the last one fits everything."""
    kinds = set(_kinds(refusal.body))
    numbers = set(_numbers(refusal.body))
    words = " ".join(_words(refusal.body)).lower()
    return next(rule for rule in RULES if rule.fits(refusal.status, kinds, numbers, words))


def _problems(body: object) -> Iterator[Mapping[str, object]]:
    """The body itself and the entries of `errors`."""
    if not isinstance(body, Mapping):
        return
    yield body
    errors = body.get("errors")
    for each in errors if isinstance(errors, list) else ():
        if isinstance(each, Mapping):
            yield each


def _kinds(body: object) -> Iterator[str]:
    """`usage-capped` of `https://api.twitter.com/2/problems/usage-capped`; titles such as `Forbidden`."""
    for problem in _problems(body):
        for text in (problem.get("type"), problem.get("title"), problem.get("reason")):
            if isinstance(text, str):
                yield text.rstrip("/").rpartition("/")[2].lower()


def _numbers(body: object) -> Iterator[int]:
    for problem in _problems(body):
        number = problem.get("code")
        if isinstance(number, int):
            yield number


def _words(body: object) -> Iterator[str]:
    """X's own sentences, the most telling first: those of `errors`, then the problem's detail or title."""
    if not isinstance(body, Mapping):
        return
    own, *entries = _problems(body)
    found = [_sentence(entry) for entry in entries]
    if not any(found):
        found.append(_sentence(own))
    yield from (_INVISIBLE.sub(" ", text).strip() for text in found if text)


def _sentence(problem: Mapping[str, object]) -> str:
    for key in ("message", "detail", "error", "title"):
        text = problem.get(key)
        if isinstance(text, str) and text.strip():
            return text
    return ""
