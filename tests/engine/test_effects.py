from engine.effects import Failure


def test_a_failure_shows_what_happened_and_what_to_do() -> None:
    failure = Failure("http.timeout", "No answer.", "Try later.", retryable=True, retry_at=5.0)

    assert failure.to_json() == {"code": "http.timeout", "message": "No answer.", "hint": "Try later."}
