import json

from backend.bridge.answer import CSP, GUARDS, failure, internal, success, whole


def test_success_and_failure_have_one_envelope() -> None:
    assert json.loads(b"".join(success([1]).body)) == {"ok": True, "value": [1]}
    assert json.loads(b"".join(failure({"code": "a.b"}).body)) == {"ok": False, "error": {"code": "a.b"}}


def test_a_fault_says_what_to_do() -> None:
    assert json.loads(b"".join(internal().body))["error"].keys() == {"code", "message", "hint"}


def test_the_length_is_that_of_the_bytes() -> None:
    assert ("Content-Length", "2") in whole("200 OK", "é".encode()).headers


def test_the_policy_allows_nothing_inline_and_nobody_elses() -> None:
    assert "unsafe" not in CSP
    assert "http" not in CSP
    assert CSP.startswith("default-src 'none'; ")
    assert len({name for name, _ in GUARDS}) == len(GUARDS)
