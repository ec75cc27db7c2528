import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.vault import canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_a_value_survives_writing_and_reading(value: object) -> None:
    assert canonical.load(canonical.dump(value)) == value


@given(st.dictionaries(st.text(max_size=4), st.integers(), max_size=5))
def test_one_value_has_one_spelling_whatever_the_order_of_its_keys(value: dict[str, int]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical.dump(turned) == canonical.dump(value)


def test_keys_are_sorted_without_spaces_in_ascii() -> None:
    assert canonical.dump({"b": [1, 2], "a": "é"}) == b'{"a":"\\u00e9","b":[1,2]}'


@pytest.mark.parametrize(
    "text", [b"NaN", b"[Infinity]", b'{"a":-Infinity}', b"", b"{", b"\xff", b"\xff\xfe1\x00"]
)
def test_what_is_not_json_in_utf_8_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical.load(text)


def test_not_a_number_is_not_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical.dump([json.loads("NaN")])
