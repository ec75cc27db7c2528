"""Where a run begins that does not begin at its first step, and with which values of an earlier run.

Only what is in that run's record is used. What held a secret is not there: it was redacted. Such a value is
left out, never used as bullets, and a step that asks for it is refused before anything is done.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from backend.runs.known import Read, Values, last_path, values_at
from engine.errors import LoopiError
from engine.interpreter import Start
from engine.model import Automation, Json, Step, walk
from engine.place import Place, block_at, place_of
from engine.secrets import BULLETS

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def start_at(automation: Automation, step_id: str, *, is_only: bool = False) -> Start:
    """Where a run begins at a step; `is_only`: and ends behind it. Raises LoopiError `run.no_such_step`."""
    return _start(_place(automation, step_id, is_only=is_only), is_only=is_only)


def restored(
    automation: Automation,
    step_id: str,
    read: Read,
    *,
    before: Start | None = None,
    is_only: bool = False,
) -> tuple[Start, Mapping[str, Json]]:
    """Where to begin, and the first values. `before` is where the earlier run itself began.

    They are those of the last time that the earlier run came to the step; `read` gives its events. A step
    that stands in another one can only be run by itself (`is_only`).

    Raises LoopiError `run.no_such_step`, `run.redacted_value`.
    """
    place = _place(automation, step_id, is_only=is_only)
    path = last_path(step_id, read, is_nested=bool(place.within))
    place = place.in_rounds_of(path) or place
    values = values_at(automation, place, path, read)
    values.outputs = {**(before.outputs if before else {}), **values.outputs}
    _withhold(values)
    start = _start(place, is_only=is_only, outputs=values.outputs)
    end = None if start.count is None else start.index + start.count
    _refuse_withheld(block_at(automation, start.within)[start.index : end], values.withheld)
    return start, values.variables


def _place(automation: Automation, step_id: str, *, is_only: bool) -> Place:
    place = place_of(automation, step_id)
    if place is None:
        ids = ", ".join(step.id for step in walk(automation.steps))
        raise LoopiError("run.no_such_step", f"There is no step {step_id}.", hint=f"The steps are: {ids}.")
    if place.around and not is_only:
        outer = place.around[0].id
        raise LoopiError(
            "run.no_such_step",
            f"A run cannot begin at step {step_id}: it stands in {outer}.",
            hint=f"Begin at {outer}, or run {step_id} alone.",
        )
    return place


def _start(place: Place, *, is_only: bool, outputs: Mapping[str, Mapping[str, Json]] | None = None) -> Start:
    return Start(place.index, outputs or {}, 1 if is_only else None, place.within)


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
