"""`forEach`: run a block once for every item, one after the other or several at the same time."""

from collections.abc import Generator, Iterator, Sequence
from typing import TypeAlias, cast

from engine.effects import Answer, Effect, Note, Parallel, Run
from engine.errors import LoopiError
from engine.events import LoopEntered
from engine.model import Json, Step
from engine.steps.flow import Enter, Flow, FlowContext, Flowing
from engine.template.operators import kind
from engine.template.unsent import Unsent
from engine.variables import Scope, bounded

ITEM, INDEX = "currentItem", "loopIndex"
Rounds: TypeAlias = Generator[Effect | Enter, Answer, list[Json]]


def _run(step: Step, context: FlowContext) -> Flowing:
    items = _items(context.resolve(step.params["items"]))
    concurrency = cast("int", step.params.get("concurrency", 1))
    rounds = _rounds(step, context, items, is_isolated=concurrency > 1)
    if concurrency > 1:
        answer = yield Parallel(context.path, _branches(context, rounds, total=len(items)), concurrency)
        results = cast("list[Json]", answer)
    else:
        results = yield from _in_turn(step, rounds, total=len(items))
    # Only a loop that stores something keeps its results: 100,000 rounds must not fill the memory.
    kept = bounded(results, step.store_key) if step.store_key else []
    return {"data": kept, "count": len(items)}


def _items(value: Json) -> Sequence[Json]:
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, Unsent):
        # One round shows what each would do.
        return (value.part(0),)
    raise LoopiError(
        "for_each.items",
        f"For each goes through a list, and was given {kind(value)}.",
        hint="Point it at a list, as in {{searchResults}} or {{weatherData.list}}.",
    )


def _rounds(step: Step, context: FlowContext, items: Sequence[Json], *, is_isolated: bool) -> Iterator[Enter]:
    item_name = str(step.params.get("itemVariable", ITEM))
    index_name = str(step.params.get("indexVariable", INDEX))
    for index, item in enumerate(items):
        names: dict[str, Json] = {index_name: index, item_name: item}
        scope = Scope(names, context.scope, is_isolated=is_isolated)
        yield Enter(step.blocks["steps"], f"{context.path}/loop[{index}]/", scope)


def _in_turn(step: Step, rounds: Iterator[Enter], *, total: int) -> Rounds:
    kept: list[Json] = []
    for index, enter in enumerate(rounds):
        yield Note(enter.path.rstrip("/"), LoopEntered(index, total))
        result = yield enter
        if step.store_key:
            kept.append(cast("Json", result))
    return kept


def _branches(context: FlowContext, rounds: Iterator[Enter], *, total: int) -> Iterator[Run]:
    for index, enter in enumerate(rounds):
        yield _branch(context, enter, LoopEntered(index, total))


def _branch(context: FlowContext, enter: Enter, entered: LoopEntered) -> Run:
    yield Note(enter.path.rstrip("/"), entered)
    return (yield from context.branch(enter))


FOR_EACH = Flow("forEach", _run, binds={"itemVariable": ITEM, "indexVariable": INDEX})
