"""What schemas cannot say of the fields of a step: placeholders, names of variables, depth."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from engine.steps.action import Action
from engine.steps.flow import Flow
from engine.template import CREDENTIALS
from engine.template.errors import TemplateError
from engine.template.render import template
from engine.variables import NAME, RESERVED

_VARIABLE_FIELDS = (
    "storeKey",
    "variableName",
    "itemVariable",
    "indexVariable",
    "errorVariable",
)
_APART = (
    ("saveResponseTo", "pagination", "pages are joined to one list, and a file gets one answer as it comes"),
)
Kind: TypeAlias = Action | Flow
Found: TypeAlias = Iterator[tuple[str, str]]


def name_problems(fields: Mapping[str, object]) -> Found:
    """Variables that a step sets under a name which means something else."""
    for field in _VARIABLE_FIELDS:
        name = fields.get(field)
        if isinstance(name, str) and name in RESERVED:
            yield field, f"must not be {name!r}: that name has a meaning of its own"


def pair_problems(fields: Mapping[str, object]) -> Found:
    """Fields that contradict each other."""
    for name, other, reason in _APART:
        if fields.get(name) and fields.get(other) is not None:
            yield name, f"cannot be used together with {other}: {reason}"


def variable_problems(variables: object) -> Found:
    """First values under names that no placeholder could spell, or that mean something else."""
    names = variables if isinstance(variables, Mapping) else ()
    for name in names:
        if name in RESERVED:
            yield f"variables.{name}", "must have another name: this one has a meaning of its own"
        elif not NAME.fullmatch(name):
            yield f"variables.{name[:60]}", "must be letters, digits and _, and not begin with a digit"


def template_problems(fields: Mapping[str, object], kind: Kind) -> Found:
    """Placeholders that cannot be read, and credentials where no request is made."""
    literal = kind.literal_fields if isinstance(kind, Action) else ()
    request = kind.request_fields if isinstance(kind, Action) else ()
    for field, value in fields.items():
        if field in literal:
            continue
        for path, text in _texts(value, field):
            yield from _template_problems(path, text, may_hold_credentials=field in request)


def _texts(value: object, path: str) -> Found:
    for where, inner in inside(value, path):
        if isinstance(inner, str) and "{{" in inner:
            yield where, inner


def _template_problems(path: str, text: str, *, may_hold_credentials: bool) -> Found:
    try:
        names = template(text).names
    except TemplateError as error:
        yield path, f"{error.message} {error.hint}".strip()
        return
    if CREDENTIALS in names and not may_hold_credentials:
        allowed = "only the url, query, headers and body of an API call may"
        yield path, f"uses {{{{credentials.…}}}}, which {allowed}"


def unfilled_names(fields: Mapping[str, object]) -> Iterator[str]:
    """The paths of names of fields that look like placeholders: names are never filled."""
    for where, inner in inside(fields, ""):
        if isinstance(inner, Mapping):
            yield from (f"{where}.{key}".lstrip(".") for key in inner if "{{" in key)


def inside(value: object, path: str) -> Iterator[tuple[str, object]]:
    """The value and everything in it, in the order of the file, each with its path."""
    waiting = [(path, value)]
    while waiting:
        where, inner = waiting.pop()
        yield where, inner
        if isinstance(inner, Mapping):
            waiting.extend((f"{where}.{key}", each) for key, each in list(inner.items())[::-1])
        elif isinstance(inner, list):
            waiting.extend((f"{where}[{index}]", each) for index, each in list(enumerate(inner))[::-1])
