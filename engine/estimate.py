"""What a run of an automation costs, before it runs. Pure: it looks at the steps as they are written.

A loop counts as often as its steps say in figures or in a list that is written out; of any other it is told
what a round costs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from engine.errors import LoopiError
from engine.model import Automation, Step, located
from engine.price import Price
from engine.steps.action import Action
from engine.steps.branch import IF
from engine.steps.for_each import FOR_EACH
from engine.steps.registry import STEPS
from engine.steps.repeat import REPEAT
from engine.steps.run_automation import RUN_AUTOMATION
from engine.steps.twitter_price import AS_OF

_NOTHING = Price(0, 0)
_LOOPS = (FOR_EACH.type, REPEAT.type)


@dataclass(frozen=True, slots=True)
class Cost:
    """`price` is of all that is counted; `rounds` has the path of each other loop and what a round costs.

    `posts`: something is made once that others see. `loops`: that happens in a loop.
    """

    price: Price = _NOTHING
    rounds: tuple[tuple[str, Price], ...] = ()
    posts: bool = False
    loops: bool = False

    @property
    def is_free(self) -> bool:
        return self.price.most == 0 and not self.rounds

    def in_words(self) -> str:
        """One sentence for a person; of something free, nothing."""
        if self.is_free:
            return ""
        parts = [self.price.in_words()] if self.price.most else []
        parts += [f"{price.in_words()} for each round of {path}" for path, price in self.rounds]
        return f"At X's prices of {AS_OF}, a run costs {', and '.join(parts)}."

    def question(self) -> str:
        """What to ask a person before a run that posts in a loop."""
        return f"This automation posts in a loop. {self.in_words()}".rstrip()


FREE = Cost()
Costs: TypeAlias = Mapping[str, Cost]


def estimate(automation: Automation) -> Cost:
    """The cost of one run. Of the automations that it runs too, when it is linked."""
    return _Estimating(automation.called).total(automation)


def refuse_unasked(cost: Cost) -> None:
    """Raise LoopiError `run.not_confirmed` for what posts in a loop."""
    if cost.loops:
        raise LoopiError("run.not_confirmed", cost.question(), hint="Start it again and confirm that it may.")


@dataclass(frozen=True, slots=True)
class _Estimating:
    """`totals` keeps what an automation that is run by others costs: many may run the same one."""

    called: Mapping[str, Automation]
    totals: dict[str, Cost] = field(default_factory=dict)

    def total(self, automation: Automation) -> Cost:
        costs: dict[str, Cost] = {}
        # In reading order a block comes after the step it belongs to, so from the end it comes before.
        for path, step in reversed(list(located(automation.steps, only_enabled=True))):
            costs[path] = self._cost(path, step, costs)
        return _sum(_of_block(costs, "steps", automation.steps))

    def _cost(self, path: str, step: Step, costs: Costs) -> Cost:
        kind = STEPS[step.type]
        if isinstance(kind, Action):
            return _of_action(kind, step)
        if step.type == RUN_AUTOMATION.type:
            return self._of_called(str(step.params.get("automation")))
        if step.type == IF.type:
            return _either([_sum(block) for block in _sides(path, step, costs)])
        blocks = {name: _of_block(costs, f"{path}.{name}", block) for name, block in step.blocks.items()}
        if step.type in _LOOPS:
            return _of_loop(path, _count(step), _sum(blocks.get("steps", ())))
        whole = _sum(each for block in blocks.values() for each in block)
        spared = sum(each.price.least for each in blocks.get("onError", ()))
        return replace(whole, price=Price(whole.price.least - spared, whole.price.most))

    def _of_called(self, reference: str) -> Cost:
        inner = self.called.get(reference)
        if inner is None:
            return FREE
        if reference not in self.totals:
            whole = self.total(inner)
            rounds = tuple((f"{path} of {inner.name}", price) for path, price in whole.rounds)
            self.totals[reference] = replace(whole, rounds=rounds)
        return self.totals[reference]


def _sides(path: str, step: Step, costs: Costs) -> Iterator[list[Cost]]:
    """The blocks of an if of which one is run."""
    yield _of_block(costs, f"{path}.then", step.blocks.get("then", ()))
    for index, other in enumerate(step.blocks.get("elseIf", ())):
        yield _of_block(costs, f"{path}.elseIf[{index}].then", other.blocks.get("then", ()))
    yield _of_block(costs, f"{path}.else", step.blocks.get("else", ()))


def _of_block(costs: Costs, path: str, block: tuple[Step, ...]) -> list[Cost]:
    return [costs.get(f"{path}[{index}]", FREE) for index in range(len(block))]


def _of_action(kind: Action, step: Step) -> Cost:
    if kind.price is None:
        return FREE
    return Cost(kind.price(step.params), posts=kind.classify(step.params) == "once")


def _of_loop(path: str, count: int | None, inner: Cost) -> Cost:
    loops = inner.loops or (inner.posts and count not in {0, 1})
    if count is not None:
        price = Price(inner.price.least * count, inner.price.most * count)
        return replace(inner, price=price, rounds=inner.rounds if count else (), loops=loops)
    own = ((path, inner.price),) if inner.price.most else ()
    return Cost(_NOTHING, own + inner.rounds, inner.posts, loops)


def _count(step: Step) -> int | None:
    """How many rounds, when the step says so in so many words."""
    items, times = step.params.get("items"), step.params.get("times")
    if isinstance(items, list | tuple):
        return len(items)
    return times if isinstance(times, int) and not isinstance(times, bool) else None


def _sum(costs: Iterable[Cost]) -> Cost:
    found = list(costs)
    return _joined(
        found, Price(sum(each.price.least for each in found), sum(each.price.most for each in found))
    )


def _either(costs: list[Cost]) -> Cost:
    """Only one of them is paid."""
    return _joined(
        costs, Price(min(each.price.least for each in costs), max(each.price.most for each in costs))
    )


def _joined(costs: list[Cost], price: Price) -> Cost:
    rounds = tuple(dict.fromkeys(each for cost in costs for each in cost.rounds))
    return Cost(price, rounds, any(each.posts for each in costs), any(each.loops for each in costs))
