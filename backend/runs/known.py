"""What a run knew when it came to a step, as its record tells."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from engine.errors import LoopiError
from engine.events import BranchTaken, Event, Fact, RunStarted, StepFinished, StepStarted, VariableSet
from engine.model import CALLED, Automation, Json, Step, walk
from engine.place import Place
from engine.steps.flow import Flow
from engine.steps.registry import STEPS
from engine.steps.run_automation import RUN_AUTOMATION
from engine.template.render import render_tree
from engine.variables import Scope

Read = Callable[[], Iterable[Event]]


@dataclass
class Values:
    """Names and outputs by step; `withheld` are the names whose values were secrets."""

    variables: dict[str, Json] = field(default_factory=dict)
    outputs: dict[str, Mapping[str, Json]] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)


def last_path(step_id: str, read: Read, *, is_nested: bool) -> str:
    """Where the run came to a step for the last time; empty when it did not."""
    found = ""
    for event in read():
        fact, path = event.fact, event.path
        if isinstance(fact, StepStarted) and fact.step_id == step_id and CALLED not in path:
            found = path
            if not is_nested:
                break
    return found


def values_at(automation: Automation, place: Place, path: str, read: Read) -> Values:
    """What was known when the run came to `path`, or at its end when it did not (empty).

    `place` is that of the step as the automation is now: only where `path` is in one of its rounds are the
    variables of the blocks around it known.
    """
    around = _around(place) if place.path == path else {}
    learning = _Learning(path, around, _apart(automation))
    for event in read():
        if event.path == path and isinstance(event.fact, StepStarted):
            break
        learning.hear(event.path, event.fact)
    return learning.values


def _around(place: Place) -> dict[str, Step]:
    """The steps around it by their paths in the run."""
    parts = place.within.split("/")
    return {"/".join(parts[: 2 * depth + 1]): step for depth, step in enumerate(place.around)}


def _apart(automation: Automation) -> frozenset[str]:
    """What has variables of its own: loops whose rounds run side by side, and automations that are run."""
    steps = walk(automation.steps)
    return frozenset(
        step.id
        for step in steps
        if step.type == RUN_AUTOMATION.type or step.params.get("concurrency", 1) != 1
    )


class _Learning:
    """Goes through the facts on the way to one path."""

    def __init__(self, path: str, around: Mapping[str, Step], apart: frozenset[str]) -> None:
        self.values = Values()
        self._path = path
        self._around = around
        self._apart = apart
        self._closed: set[str] = set()
        self._failed: Mapping[str, Json] = {}

    def hear(self, path: str, fact: Fact) -> None:
        if any(self._is_foreign(path, block) for block in self._closed):
            return
        step = self._around.get(path)
        match fact:
            case StepStarted():
                if fact.step_id in self._apart:
                    self._closed.add(f"{path}/")
                if step is not None:
                    self._bind(step, path)
            case BranchTaken(branch="onError") if step is not None:
                self._bind_field(step, "errorVariable", dict(self._failed))
            case StepFinished():
                if fact.outcome == "failed" and fact.error is not None:
                    self._failed = {**fact.error, "step": fact.step_id, "path": path}
                self._finish(fact)
            case RunStarted():
                self.values.variables |= fact.variables
            case VariableSet():
                self.values.variables[fact.name] = fact.value
            case _:
                pass

    def _is_foreign(self, path: str, block: str) -> bool:
        """Whether it happened in a block with variables of its own that is not on the way."""
        if not path.startswith(block):
            return False
        part = path[len(block) :].partition("/")[0]
        return not self._path.startswith(f"{block}{part}/")

    def _finish(self, fact: StepFinished) -> None:
        if fact.outcome in {"skipped", "cancelled"}:
            return
        output = {**fact.output, "error": fact.error} if fact.error is not None else fact.output
        self.values.outputs[fact.step_id] = output
        if fact.stored_as is not None:
            self.values.variables[fact.stored_as] = fact.output.get("data")

    def _bind(self, step: Step, path: str) -> None:
        """The variables of the round that leads on."""
        part = self._path[len(path) + 1 :].partition("/")[0]
        if not part.startswith("loop["):
            return
        index = int(part[len("loop[") : -1])
        items = self._items(step)
        self._bind_field(step, "indexVariable", index)
        if items is not None and index < len(items):
            self._bind_field(step, "itemVariable", items[index])

    def _items(self, step: Step) -> list[Json] | None:
        """What the loop goes through, when that can be told from what is known."""
        scope = Scope(self.values.variables)
        for step_id, output in self.values.outputs.items():
            scope.leave(step_id, output)
        try:
            items = render_tree(step.params.get("items"), scope.lookup)
        except LoopiError:
            return None
        return list(items) if isinstance(items, list | tuple) else None

    def _bind_field(self, step: Step, name: str, value: Json) -> None:
        kind = STEPS[step.type]
        if isinstance(kind, Flow) and name in kind.binds:
            self.values.variables[str(step.params.get(name, kind.binds[name]))] = value
