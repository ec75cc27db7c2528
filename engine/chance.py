"""`now`, `uuid` and `random`: what no pure program can know. Each is asked for when a step needs it.

Whoever drives the interpreter answers `Take` with the values; the interpreter then tells them in the fact
`ValuesTaken`, at the same path, before anything depends on them. So a replay answers each `Take` with the
values of the next `ValuesTaken` that is recorded at its path (`engine.past` does), and takes the same way.
"""

from collections.abc import Generator, Mapping
from typing import TypeAlias, cast

from engine.effects import Answer, Effect, Note, Take
from engine.events import ValuesTaken
from engine.model import Json
from engine.template.errors import TemplateError
from engine.template.expression import Lookup
from engine.template.render import template
from engine.variables import Scope

NAMES = frozenset({"now", "uuid", "random"})
Taking: TypeAlias = Generator[Effect, Answer, Lookup]


def settled(fields: object, path: str, scope: Scope) -> Taking:
    """How names are looked up in these fields: in the scope, and these few names as they are just now.

    They stay the same for all of the fields. A variable of the same name goes first.
    """
    wanted = [name for name in sorted(_named(fields)) if not scope.knows(name)]
    if not wanted:
        return scope.lookup
    values = cast("Mapping[str, Json]", (yield Take(path, tuple(wanted))))
    yield Note(path, ValuesTaken(values))
    return lambda name: values[name] if name in values else scope.lookup(name)


def _named(fields: object) -> set[str]:
    found: set[str] = set()
    waiting = [fields]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            # Most fields name none of them: that much is seen without taking the template apart.
            if "{{" in value and any(name in value for name in NAMES):
                found |= _names_of(value)
        elif isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list | tuple):
            waiting.extend(value)
    return found


def _names_of(source: str) -> frozenset[str]:
    try:
        return template(source).names & NAMES
    except TemplateError:
        return frozenset()  # The step says so itself.
