import pytest

from engine.strict_json import loads


@pytest.mark.parametrize("written", ["", "{", "NaN", "[Infinity]", "-Infinity", "1e999", "1 2", "{'a': 1}"])
def test_what_is_no_json_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(written)


def test_what_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(RecursionError):
        loads("[" * 100_000)


def test_json_is_read_with_all_digits() -> None:
    assert loads(' {"a": [12345678901234567890, 1.5, true, null]}\n') == {
        "a": [12345678901234567890, 1.5, True, None]
    }
