"""`repeat`: run a block while a condition holds, until one does, or a number of times."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias, cast

from engine.condition import Condition, decided
from engine.effects import Answer, Effect, Note
from engine.errors import LoopiError
from engine.events import LoopEntered
from engine.model import Json, Step
from engine.steps.flow import Enter, Flow, FlowContext, Flowing
from engine.steps.for_each import INDEX
from engine.template.comparison import typed
from engine.template.unsent import is_unsent
from engine.variables import Scope, bounded

Deciding: TypeAlias = Generator[Effect, Answer, bool]
WAYS = ("while", "until", "times")
# Where nobody counts, a condition that never changes would go on for ever.
USUAL_LIMIT = 10_000


def _run(step: Step, context: FlowContext) -> Flowing:
    context = yield from context.settled(step.params.get("times"))
    total = _times(context.resolve(step.params["times"])) if "times" in step.params else None
    limit = cast("int | None", step.params.get("limit", None if "times" in step.params else USUAL_LIMIT))
    kept: list[Json] = []
    count = 0
    while count != total:
        around = _round(step, context, count)
        if not (yield from _holds(step, "while", around, otherwise=True)):
            break
        if count == limit:
            raise _endless(limit)
        yield Note(around.path, LoopEntered(count, total))
        left = yield Enter(step.blocks["steps"], f"{around.path}/", around.scope)
        # Only a loop that stores something keeps its results, as in forEach.
        kept += [cast("Json", left)] if step.store_key else []
        count += 1
        if (yield from _holds(step, "until", around, otherwise=False)):
            break
    return {"data": bounded(kept, step.store_key) if step.store_key else [], "count": count}


def _round(step: Step, context: FlowContext, index: int) -> FlowContext:
    name = str(step.params.get("indexVariable", INDEX))
    scope = Scope({name: index}, context.scope)
    return replace(context, path=f"{context.path}/loop[{index}]", scope=scope, lookup=scope.lookup)


def _holds(step: Step, way: str, around: FlowContext, *, otherwise: bool) -> Deciding:
    condition = step.params.get(way)
    if condition is None:
        return otherwise
    resolve = (yield from around.settled(condition)).resolve
    # A loop on what nobody knows ends: another round would know no more.
    return decided(cast("Condition", condition), resolve, otherwise=not otherwise)


def _times(value: Json) -> int:
    if is_unsent(value):
        return 1
    number = typed(value) if isinstance(value, str) else value
    if isinstance(number, int) and not isinstance(number, bool) and number >= 0:
        return number
    raise LoopiError(
        "repeat.times",
        "Repeat takes a whole number of times, 0 or more.",
        hint="Look at the step, and at the variables that its placeholders name.",
    )


def _endless(limit: int) -> LoopiError:
    return LoopiError(
        "repeat.limit",
        f"The loop was not at its end after {limit:,} round{'' if limit == 1 else 's'}, its limit.",
        hint="Look at its condition: do its steps change what it asks for? Or raise the step's limit.",
    )


def _check(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    given = [way for way in WAYS if way in fields]
    if not given:
        yield "", "must have one of while, until and times"
    for way in given[1:]:
        yield way, f"does not go with {given[0]}: a loop has one of while, until and times"


REPEAT = Flow("repeat", _run, _check, settles=True, binds={"indexVariable": INDEX})
