from engine.signing.error import cannot_sign


def test_the_error_says_what_is_missing_and_what_to_do() -> None:
    error = cannot_sign("it has no token URL.")
    assert error.code == "credential.cannot_sign"
    assert "it has no token URL." in error.message
    assert error.hint
    assert not error.retryable
