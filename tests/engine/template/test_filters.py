import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drive.templates import compute, fill, refusal
from engine.template.filters import FILTERS, GROUPS

EXAMPLE = re.compile(r"`(\{\{.*?\}\})` gives .*?`(.*?)`")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("act", FILTERS.values(), ids=FILTERS)
def test_each_filter_does_what_its_example_says(act: Callable[..., object]) -> None:
    found = EXAMPLE.search(act.__doc__ or "")
    assert found is not None
    template, expected = found.groups()

    result = fill(template)

    assert result == expected or result == json.loads(expected)


@pytest.mark.parametrize("name", FILTERS)
def test_each_example_uses_its_own_filter(name: str) -> None:
    assert f"| {name}" in (FILTERS[name].__doc__ or "")


def test_every_filter_stands_in_one_group() -> None:
    assert sorted(name for group in GROUPS.values() for name in group) == sorted(FILTERS)


@pytest.mark.parametrize("name", FILTERS)
@given(VALUES, st.lists(VALUES, max_size=2))
def test_a_filter_gives_a_value_or_an_error_in_words(
    name: str, value: object, arguments: list[object]
) -> None:
    names = {"v": value, **{f"a{index}": each for index, each in enumerate(arguments)}}
    given_arguments = ", ".join(list(names)[1:])

    code = refusal(lambda: compute(f"v | {name}({given_arguments})", names))

    assert code in {"", "template.filter", "template.type", "template.too_large"}
