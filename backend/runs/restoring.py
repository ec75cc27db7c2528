"""Where a run begins that does not begin at its first step, and with which values of an earlier run.

Only what is in that run's record is used. What held a secret is not there: it was redacted. Such a value is
left out, never used as bullets, and a step that asks for it is refused before anything is done.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.errors import LoopiError
from engine.events import Event, RunStarted, StepFinished, StepStarted, VariableSet
from engine.interpreter import Start
from engine.model import Automation, Json, Step, walk
from engine.secrets import BULLETS
from engine.steps.run_automation import RUN_AUTOMATION

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@dataclass
class Values:
    """What a run knew before a step: `withheld` are the names whose values were secrets."""

    variables: dict[str, Json] = field(default_factory=dict)
    outputs: dict[str, Mapping[str, Json]] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)


def start_at(automation: Automation, step_id: str) -> int:
    """The place of a step of the first level. Raises LoopiError `run.no_such_step`."""
    places = {step.id: place for place, step in enumerate(automation.steps)}
    if step_id not in places:
        raise LoopiError(
            "run.no_such_step",
            f"A run cannot begin at step {step_id}.",
            hint=f"It can begin at a step that stands in no other one: {', '.join(places)}.",
        )
    return places[step_id]


def restored(
    automation: Automation,
    step_id: str,
    events: Iterable[Event],
    *,
    before: Start | None = None,
    is_only: bool = False,
) -> tuple[Start, Mapping[str, Json]]:
    """Where to begin, and the first values. `before` is where the earlier run itself began.

    `is_only`: the run ends behind this step.

    Raises LoopiError `run.no_such_step`, `run.redacted_value`.
    """
    place = start_at(automation, step_id)
    values = _known(automation, step_id, events)
    values.outputs = {**(before.outputs if before else {}), **values.outputs}
    _withhold(values)
    count = 1 if is_only else None
    end = place + 1 if is_only else None
    _refuse_withheld(automation.steps[place:end], values.withheld)
    return Start(place, values.outputs, count), values.variables


def _known(automation: Automation, step_id: str, events: Iterable[Event]) -> Values:
    values, apart = Values(), _apart(automation)
    loops: set[str] = set()
    for event in events:
        fact, path = event.fact, event.path
        if isinstance(fact, StepStarted):
            if fact.step_id == step_id and "/" not in path:
                break
            loops |= {f"{path}/"} if fact.step_id in apart else set()
        elif not any(path.startswith(loop) for loop in loops):
            _learn(values, fact)
    return values


def _apart(automation: Automation) -> set[str]:
    """What has variables of its own: loops whose rounds run side by side, and automations that are run."""
    steps = walk(automation.steps)
    return {
        step.id
        for step in steps
        if step.type == RUN_AUTOMATION.type or step.params.get("concurrency", 1) != 1
    }


def _learn(values: Values, fact: object) -> None:
    match fact:
        case RunStarted():
            values.variables |= fact.variables
        case VariableSet():
            values.variables[fact.name] = fact.value
        case StepFinished() if fact.outcome not in {"skipped", "cancelled"}:
            output = {**fact.output, "error": fact.error} if fact.error is not None else fact.output
            values.outputs[fact.step_id] = output
            if fact.stored_as is not None:
                values.variables[fact.stored_as] = fact.output.get("data")
        case _:
            pass


def _withhold(values: Values) -> None:
    """Leave out what was redacted."""
    for name in [name for name, value in values.variables.items() if _is_redacted(value)]:
        del values.variables[name]
        values.withheld.add(name)
    for step_id, output in values.outputs.items():
        redacted = {key for key, value in output.items() if _is_redacted(value)}
        values.outputs[step_id] = {key: value for key, value in output.items() if key not in redacted}
        values.withheld |= {f"steps.{step_id}.{key}" for key in redacted}


def _is_redacted(value: Json) -> bool:
    return BULLETS in json.dumps(value, ensure_ascii=False, default=str)


def _refuse_withheld(steps: tuple[Step, ...], withheld: Iterable[str]) -> None:
    asked = " ".join(part for step in walk(steps) for text in _texts(step.params) for part in _asking(text))
    asked += " ".join(str(step.params.get("variableName")) for step in steps if step.type == "modifyVariable")
    for name in sorted(withheld):
        if re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", asked):
            raise LoopiError(
                "run.redacted_value",
                f"{name} held a secret in that run, which is not kept in the history.",
                hint="Run from the step that makes this value, or from the start.",
            )


def _asking(text: str) -> list[str]:
    # Up to the last end: each {{ that nothing ends would look through the rest of the text.
    return _PLACEHOLDER.findall(text, 0, text.rfind("}}") + 2)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
