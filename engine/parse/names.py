"""Placeholders that start from a name to which nothing in the automation gives a value."""

import re
from collections.abc import Iterable, Iterator, Mapping

from engine.chance import NAMES
from engine.model import Automation, Step, located, walk
from engine.parse.field import inside
from engine.parse.problem import Problem
from engine.steps.action import Action
from engine.steps.flow import Flow
from engine.steps.registry import STEPS
from engine.template.comparison import PRESENCE
from engine.template.errors import nearest
from engine.template.render import Placeholder, template
from engine.variables import RESERVED

_OUTPUT = re.compile(r"\s*steps\.(\w+)", re.ASCII)
_MAY_MISS = re.compile(r"\|\s*default\b")


def unknown_names(automation: Automation) -> Iterator[Problem]:
    """Mostly slips of the pen. Only warnings: whoever runs an automation may give it more variables."""
    steps = walk(automation.steps)
    everywhere = frozenset({*automation.variables, *_set_by(steps), *NAMES, *RESERVED})
    ids = frozenset(step.id for step in steps)
    around: list[tuple[str, frozenset[str]]] = [("", everywhere)]
    for path, step in located(automation.steps):
        while not path.startswith(around[-1][0]):
            around.pop()
        known = around[-1][1] | _bound_by(step)
        around.append((f"{path}.", known))
        if not step.is_disabled:
            yield from _unknown_in(step, path, known, ids)


def _set_by(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        for name in (step.store_key, step.params.get("variableName")):
            if isinstance(name, str):
                yield name


def _bound_by(step: Step) -> frozenset[str]:
    """The variables that the blocks of a step have besides."""
    kind = STEPS[step.type]
    names = kind.binds if isinstance(kind, Flow) else {}
    return frozenset(str(step.params.get(field, usual)) for field, usual in names.items())


def _unknown_in(step: Step, path: str, known: frozenset[str], ids: frozenset[str]) -> Iterator[Problem]:
    for where, text in _texts(step):
        for part in template(text).parts:
            if isinstance(part, Placeholder) and not _MAY_MISS.search(part.expression.source):
                for message in _messages(part, known, ids):
                    yield Problem(f"{path}{where}", message)


def _messages(part: Placeholder, known: frozenset[str], ids: frozenset[str]) -> Iterator[str]:
    for name in sorted(part.expression.names - known):
        near = nearest(name, known - RESERVED)
        todo = f"did you mean {near}?" if near else "set it in a step, or give it a first value."
        yield f"names the variable {name}, which nothing sets: {todo}"
    output = _OUTPUT.match(part.expression.source)
    if output and output[1] not in ids:
        near = nearest(output[1], ids)
        todo = f"did you mean {near}?" if near else "look at the ids of the steps."
        yield f"names the step {output[1]}, which is not there: {todo}"


def _texts(step: Step) -> Iterator[tuple[str, str]]:
    """Its fields with placeholders, each with its path; not what is only asked whether it is there."""
    kind = STEPS[step.type]
    literal = kind.literal_fields if isinstance(kind, Action) else ()
    free: set[str] = set()
    for path, value in inside({name: each for name, each in step.params.items() if name not in literal}, ""):
        if isinstance(value, Mapping) and value.get("operator") in PRESENCE:
            free.add(f"{path}.left")
        elif isinstance(value, str) and "{{" in value and path not in free:
            yield path, value
