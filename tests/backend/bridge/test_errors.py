from backend.bridge.errors import _WORDS, Refusal, bad_params


def test_each_refusal_has_a_status_and_words() -> None:
    for code in _WORDS:
        refusal = Refusal(code)
        assert refusal.status[:1] == "4"
        assert refusal.message.endswith(".")
        assert refusal.hint.endswith(".")


def test_wrong_parameters_are_listed() -> None:
    assert (
        "a: is missing; b[0]: must be text" in bad_params({"a": "is missing", "b[0]": "must be text"}).message
    )
