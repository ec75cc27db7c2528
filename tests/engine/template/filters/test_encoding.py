import pytest

from engine.template.filters.encoding import date, from_base64, from_json, to_json
from engine.template.filters.error import FilterError


@pytest.mark.parametrize("written", ["", "{", "NaN", "[Infinity]", "1e999", "[" * 100_000])
def test_what_is_no_json_is_refused(written: str) -> None:
    with pytest.raises(FilterError, match="JSON"):
        from_json(written)


def test_an_indent_is_bounded() -> None:
    assert to_json([1], 2) == "[\n  1\n]"
    assert to_json([1], 10**9) == to_json([1], 8)


def test_a_pattern_is_filled_in_one_pass() -> None:
    assert date("2026-03-01T10:05:09+02:00", "YYYY/MM/DD HH:mm:ss") == "2026/03/01 10:05:09"
    assert date(0, "YYYY %Y DD") == "1970 %Y 01"


@pytest.mark.parametrize("value", ["yesterday", "", 1e300, float("nan"), True, None, []])
def test_what_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(FilterError, match="takes a date"):
        date(value)


@pytest.mark.parametrize("written", ["%%%", "/w==", "ä"])
def test_what_is_no_base64_of_a_text_is_refused(written: str) -> None:
    with pytest.raises(FilterError, match="base64"):
        from_base64(written)
