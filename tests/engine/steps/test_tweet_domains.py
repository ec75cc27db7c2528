import re

import pytest

from engine.steps.tweet_domains import COUNTRIES, GENERIC, INTERNATIONAL


def test_each_domain_is_named_once_in_order() -> None:
    names = GENERIC.split("|")
    assert names == sorted(set(names))
    assert all(re.fullmatch("[a-z]{3,}", name) for name in names)


def test_a_domain_in_another_script_is_written_in_it() -> None:
    names = INTERNATIONAL.split("|")
    assert names == sorted(set(names))
    assert not any(name.isascii() for name in names)


@pytest.mark.parametrize("name", ["de", "is", "co", "tv", "uk", "io", "ai", "me"])
def test_countries_have_two_letters(name: str) -> None:
    assert re.fullmatch(COUNTRIES, name)


@pytest.mark.parametrize("name", ["zz", "com", "d", ""])
def test_other_letters_are_no_country(name: str) -> None:
    assert re.fullmatch(COUNTRIES, name) is None
