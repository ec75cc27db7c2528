from datetime import UTC, datetime

import pytest

from engine.errors import LoopiError
from engine.steps.twitter_params import moment, text, texts, whole_number


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", "a"),
        (None, ""),
        (301.25, "301.25"),
        (True, "true"),
        (2**64, "18446744073709551616"),
        ("😀", "😀"),
    ],
)
def test_a_single_value_is_written_as_in_json(value: object, expected: str) -> None:
    assert text({"text": value}, "text") == expected


@pytest.mark.parametrize("value", [[], {}, ["a"], "\ud83d", "a\udfff"])
def test_what_is_no_sendable_text_is_refused_by_the_name_of_its_field(value: object) -> None:
    with pytest.raises(LoopiError, match=r"^text ") as caught:
        text({"text": value}, "text")
    assert caught.value.code == "x.invalid_field"


@pytest.mark.parametrize(("value", "expected"), [(10, 10), ("10", 10), (" 20 ", 20), ("", 15), (None, 15)])
def test_a_whole_number_may_be_text_and_has_a_default(value: object, expected: int) -> None:
    assert whole_number({"n": value}, "n", range(10, 21), default=15) == expected


@pytest.mark.parametrize("value", [9, 21, -10, "1e1", "٣٠", "10.0", 10.5, True, "9" * 5000])
def test_a_number_out_of_range_or_of_another_kind_is_refused(value: object) -> None:
    with pytest.raises(LoopiError, match="n must be a whole number from 10 to 20"):
        whole_number({"n": value}, "n", range(10, 21), default=15)


@pytest.mark.parametrize(
    "value", ["2026-03-01T00:00:00Z", "2026-03-01", "2026-03-01T02:00:00+02:00", "2026-03-01T00:00:00.000Z"]
)
def test_a_time_is_taken_to_utc(value: str) -> None:
    assert moment({"at": value}, "at") == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("value", ["soon", "2026-13-01", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_time_is_refused(value: str) -> None:
    with pytest.raises(LoopiError, match="at is not a time"):
        moment({"at": value}, "at")


def test_a_list_of_texts_may_be_missing_but_not_a_text() -> None:
    assert texts({}, "options") == []
    assert texts({"options": ["a", 1]}, "options") == ["a", "1"]
    with pytest.raises(LoopiError, match="options must be a list"):
        texts({"options": "a, b"}, "options")
