"""JSON as events are written: the same as the standard library's, in one line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.redact import written

_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
_VALUES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


@given(_VALUES)
def test_every_value_is_written_as_the_standard_library_does(value: object) -> None:
    assert written(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        written({"data": object()})


def test_what_is_too_deep_is_refused() -> None:
    deep: object = 1
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(RecursionError):
        written(deep)
