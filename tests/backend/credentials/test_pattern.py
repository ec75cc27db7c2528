import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.credentials.pattern import PatternRefused, safe_length


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a*)*b",
        "^(a|a)*$",
        "^(a|aa)+$",
        "^((ab)*c)*$",
        "(a?){20}a{20}",
        "a?a?a?a?a?a?aaaaaa",
        "^" + "(a|a)" * 20 + "$",
        "^a*a*a*a*a*$",
        r"(x)\1",
        "(?=a)a",
        "(?i)a",
        "(?P<n>a)",
        "a**",
        "(^)*",
        "()*",
        "a{1000}",
        "[a",
        "a)",
        "(a",
        "[z-a]",
        r"\q",
        "a" * 257,
    ],
)
def test_a_pattern_that_may_take_for_ever_or_is_not_understood_is_refused(pattern: str) -> None:
    with pytest.raises(PatternRefused):
        safe_length(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "^[^:]*$",
        "^sk-[A-Za-z0-9_-]{20,}$",
        r"^\d{4}-\d{2}-\d{2}$",
        "^(?:test|live)_[0-9a-f]{32}$",
        "^(?:[0-9a-f][0-9a-f])+$",
        r"^[^@\s]+@[^@\s]+$",
        "^a{2,5}?$",
    ],
)
def test_the_patterns_of_everyday_are_taken(pattern: str) -> None:
    assert safe_length(pattern) >= 32


def test_the_more_a_pattern_repeats_the_shorter_the_values_it_may_meet() -> None:
    lengths = [safe_length(pattern) for pattern in ("^a*$", "^a*a*$", "^a*a*a*$", "^a*a*a*a*$")]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > lengths[-1]


def test_a_pattern_that_may_start_anywhere_counts_as_one_repetition_more() -> None:
    assert safe_length("a*b") == safe_length("^a*a*b")
    assert safe_length("^b|a*") < safe_length("^a*b")


@given(st.text("a(|)*+?{1,2}[^]$\\d.", max_size=14))
def test_whatever_is_taken_compiles_and_ends(pattern: str) -> None:
    with contextlib.suppress(PatternRefused):
        longest = safe_length(pattern)
        assert re.search(pattern, "a" * min(longest, 2000) + "!") is None or longest >= 32
