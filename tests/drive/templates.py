"""Fills templates in tests."""

from collections.abc import Callable, Mapping

from engine.errors import LoopiError
from engine.template.errors import UnknownName
from engine.template.expression import expression
from engine.template.render import render


def compute(source: str, values: Mapping[str, object] | None = None) -> object:
    """The value of one expression."""
    return expression(source).compute(lookup(values))


def fill(source: str, values: Mapping[str, object] | None = None) -> object:
    """A filled field."""
    return render(source, lookup(values))


class lookup:  # noqa: N801  # called like the function it stands for
    def __init__(self, values: Mapping[str, object] | None = None) -> None:
        self._values = values or {}

    def __call__(self, name: str) -> object:
        if name not in self._values:
            raise UnknownName("template.unknown_name", f"There is no variable named {name}.")
        return self._values[name]


def refusal(act: Callable[[], object]) -> str:
    """The code of the error that `act` raises in words, or nothing; any other exception goes on."""
    try:
        act()
    except LoopiError as error:
        return error.code
    return ""
