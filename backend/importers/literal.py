"""Foreign text in a template: braces that somebody else wrote must not become a placeholder. Pure."""

from collections.abc import Mapping

from engine.model import Json

BRACES = '{{ "{{" }}'
"""What a template has for two braces that begin no placeholder."""


def literal(text: str) -> str:
    """A template that gives exactly this text."""
    return text.replace("{{", BRACES) if "{{" in text else text


def literal_tree(value: Json) -> Json:
    """The same for every text inside a JSON value; names are never filled and stay."""
    if isinstance(value, str):
        return literal(value)
    if isinstance(value, Mapping):
        return {name: literal_tree(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [literal_tree(inner) for inner in value]
    return value
