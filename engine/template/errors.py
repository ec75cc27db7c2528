"""What can be wrong with a template. A message names places and kinds, and never shows a value."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from engine.errors import LoopiError

# Names may come from an answer: comparing a million of them, or very long ones, would take minutes.
_MOST_NAMES, _LONGEST_NAME = 200, 60


class TemplateError(LoopiError):
    """A template that cannot be read or computed."""


class UnknownName(TemplateError):
    """A name, or a part of a path, that does not exist where it is looked up: only `default` recovers."""


def too_large(what: str) -> TemplateError:
    """The error for a value that outgrows MAX_SIZE."""
    return TemplateError(
        "template.too_large",
        f"{what} makes a value of more than 16 MiB.",
        hint="Take a part of it, or save large data to a file.",
    )


def shown(source: str) -> str:
    """An expression as a message quotes it."""
    inner = source.strip()
    return "{{" + (inner if len(inner) <= 80 else inner[:79] + "…") + "}}"


def nearest(name: str, candidates: Iterable[object]) -> str | None:
    """The candidate that `name` was probably meant to be, among the first few hundred."""
    names = (str(each) for each in islice(candidates, _MOST_NAMES) if isinstance(each, str | int))
    near = get_close_matches(name[:_LONGEST_NAME], (each for each in names if len(each) <= _LONGEST_NAME), 1)
    return near[0] if near else None


def credential_form(source: str) -> TemplateError:
    """The error for an expression that does more with a credential than insert it."""
    return TemplateError(
        "template.credential_form",
        f"{shown(source)} does more with a credential than insert it.",
        hint="A credential's field is inserted whole: {{credentials.apiKey}}. "
        "Joining fields and texts with ~ and the filters base64, url, raw and default are possible.",
    )
