"""What an attacker tries with a step, and with what a service answered it: refused by its code, or harmless.

Each attempt is made in the whole program, with a credential that may go to one service and to no other, and
is looked at where it arrives. Those that once succeeded would be the first to come back.
"""

from collections.abc import Iterator

import pytest

from canary import traces
from drive.attempt import CHALLENGES, Attempt
from drive.attempts_host import FROM_A_VALUE, REDIRECTED, SPELT
from drive.attempts_request import IN_ADDRESSES, IN_BODIES, IN_HEADERS
from drive.attempts_text import FILES, TEMPLATES
from drive.victim import SECRET, Victim, victim

ALL = (
    *(*IN_HEADERS, *IN_ADDRESSES, *IN_BODIES),
    *(*SPELT, *FROM_A_VALUE, *REDIRECTED),
    *(*TEMPLATES, *FILES),
)


@pytest.fixture(scope="module")
def attacked() -> Iterator[Victim]:
    with victim() as made:
        yield made


@pytest.mark.parametrize("tried", ALL, ids=lambda tried: ascii(tried.name))
def test_an_attempt_is_refused_by_its_code_or_harmless_where_it_arrives(
    attacked: Victim, tried: Attempt
) -> None:
    assert attacked.attempt(tried) == tried.refused
    if tried.refused and "/go" not in str(tried.step.get("url")):
        assert attacked.arrived() == ""
    if not tried.refused:
        assert tried.arrives in attacked.arrived()
    assert attacked.stranger.requests == []


@pytest.mark.parametrize("number", range(len(CHALLENGES)))
def test_no_challenge_gets_the_password_or_keeps_the_step_busy(attacked: Victim, number: int) -> None:
    url = f"http://<SERVER>/asked{number}"
    code = attacked.attempt(Attempt("asked", {"url": url, "method": "GET", "credentialId": "Asked"}))
    assert code in {"http.unauthorized", "http.invalid_header", "http.bad_answer"}
    asked = [seen for seen in attacked.server.requests if seen.path.startswith("/asked")]
    assert 1 <= len(asked) <= 2
    heard = "\n".join(f"{seen.target} {seen.headers}" for seen in asked).encode()
    assert [form for form in traces(SECRET) if form in heard] == []
    assert b"Basic" not in heard


def test_what_the_attempts_look_for_would_be_found(attacked: Victim) -> None:
    """The stranger is there, and hears of a secret that is sent to it."""
    told = Attempt("told", {"url": "http://<STRANGER>/x", "credentialId": None, "body": {"text": "<SECRET>"}})
    with pytest.raises(AssertionError):
        attacked.attempt(told)
    assert len(attacked.stranger.requests) == 1
