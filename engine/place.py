"""Where a step stands in its automation, and the path that it has in a run: `2/loop[3]/0`."""

import re
from dataclasses import dataclass, replace

from engine.model import Automation, Step
from engine.steps.for_each import FOR_EACH
from engine.steps.repeat import REPEAT

_ROUND = re.compile(r"loop\[\d+\]")
_LOOPS = frozenset({FOR_EACH.type, REPEAT.type})


@dataclass(frozen=True, slots=True)
class Place:
    """`within` is the path of the block, as `2/loop[0]/`, empty for the first level; `index` counts in it.

    `around` are the steps that it stands in, the outermost first.
    """

    index: int
    within: str = ""
    around: tuple[Step, ...] = ()

    @property
    def path(self) -> str:
        """Of the step, in a run."""
        return f"{self.within}{self.index}"

    def in_rounds_of(self, path: str) -> "Place | None":
        """This place in the rounds that `path` names; None when that leads to another one."""
        if _ROUND.sub("loop[0]", path) != self.path:
            return None
        return replace(self, within=path[: path.rfind("/") + 1])


def place_of(automation: Automation, step_id: str) -> Place | None:
    """Where a step stands, in the first rounds of the loops around it."""
    waiting = [Place(index) for index in range(len(automation.steps))]
    while waiting:
        place = waiting.pop()
        step = block_at(automation, place.within)[place.index]
        if step.id == step_id:
            return place
        for name, block in step.blocks.items():
            within = f"{place.path}/{_part(step, name)}/"
            waiting += [Place(index, within, (*place.around, step)) for index in range(len(block))]
    return None


def block_at(automation: Automation, within: str) -> tuple[Step, ...]:
    """The steps of a block by its path in a run."""
    steps = automation.steps
    parts = within.split("/")[:-1]
    for index, name in zip(parts[::2], parts[1::2], strict=True):
        steps = steps[int(index)].blocks["steps" if _ROUND.fullmatch(name) else name]
    return steps


def _part(step: Step, block: str) -> str:
    return "loop[0]" if step.type in _LOOPS and block == "steps" else block
