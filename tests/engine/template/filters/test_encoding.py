import pytest

from engine.template.filters.encoding import from_base64, from_json, to_json, to_query
from engine.template.filters.error import FilterError


@pytest.mark.parametrize("written", ["", "{", "NaN", "[Infinity]", "1e999", "[" * 100_000])
def test_what_is_no_json_is_refused(written: str) -> None:
    with pytest.raises(FilterError, match="JSON"):
        from_json(written)


def test_an_indent_is_bounded() -> None:
    assert to_json([1], 2) == "[\n  1\n]"
    assert to_json([1], 10**9) == to_json([1], 8)


@pytest.mark.parametrize("written", ["%%%", "/w==", "ä"])
def test_what_is_no_base64_of_a_text_is_refused(written: str) -> None:
    with pytest.raises(FilterError, match="base64"):
        from_base64(written)


def test_a_query_repeats_the_name_of_a_list_and_encodes_names_too() -> None:
    assert to_query({"a b": [1, "x&y"], "n": None}) == "a%20b=1&a%20b=x%26y&n="
    with pytest.raises(FilterError, match="takes an object"):
        to_query("a=1")


def test_a_long_name_is_not_repeated_for_each_of_many_items() -> None:
    with pytest.raises(FilterError, match="16 MiB"):
        to_query({"k" * 100_000: [1] * 3_000})
