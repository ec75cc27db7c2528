import pytest

from drive.templates import compute
from engine.template.check import MAX_FILTERS
from engine.template.errors import TemplateError


def test_an_unknown_filter_is_answered_with_the_nearest() -> None:
    with pytest.raises(TemplateError, match="no filter named uper") as caught:
        compute("1 | uper")

    assert caught.value.hint == "Did you mean upper?"


def test_as_many_filters_as_allowed_are_applied() -> None:
    assert compute("1" + "|text" * MAX_FILTERS) == "1"


def test_what_is_refused_is_named() -> None:
    with pytest.raises(TemplateError, match=r"does not have \(Call\)|do not have \(Call\)"):
        compute("f()")
