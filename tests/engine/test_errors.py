import pytest

from engine.errors import LoopiError
from engine.template.errors import TemplateError, UnknownName


def test_an_error_says_what_happened_and_what_to_do() -> None:
    error = LoopiError("x.gone", "It is gone.", hint="Look elsewhere.", retryable=True)

    assert str(error) == "It is gone."
    assert error.to_json() == {"code": "x.gone", "message": "It is gone.", "hint": "Look elsewhere."}
    assert error.retryable


@pytest.mark.parametrize("family", [TemplateError, UnknownName])
def test_families_have_the_same_shape(family: type[LoopiError]) -> None:
    error = family("x.y", "No.")

    assert (error.code, error.hint, error.retryable) == ("x.y", "", False)
