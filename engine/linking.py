"""Finds the automations that an automation runs, before it runs: all of them, or what is wrong with them."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias, cast

from engine.errors import LoopiError
from engine.model import Automation, Step
from engine.parse.problem import InvalidAutomation, Problem
from engine.parse.reading import MAX_CONCURRENCY
from engine.steps.run_automation import MAX_DEPTH, RUN_AUTOMATION

# By id, or else by exact name; None when there is none. May raise a LoopiError for one that cannot be used.
Find: TypeAlias = Callable[[str], Automation | None]


def linked(automation: Automation, find: Find) -> Automation:
    """The automation with everything it runs in `called`; its content hash then covers that too.

    Raises InvalidAutomation: for what is not there or cannot be used, for circles, for chains of more than
    MAX_DEPTH, and for loops that make too many rounds at the same time together.
    """
    linking = _Linking(find)
    problems: list[Problem] = []
    for path, step, concurrency in _calls(automation):
        try:
            size = linking.measure(step, (automation,))
            _check_rounds(concurrency * size.rounds)
        except _Unusable as unusable:
            problems.append(Problem(f"{path}.automation", str(unusable)))
    if problems:
        raise InvalidAutomation(problems)
    if not linking.called:
        return automation
    hashes = sorted(each.content_hash for each in linking.called.values())
    whole = hashlib.sha256("".join([automation.content_hash, *hashes]).encode()).hexdigest()
    return replace(automation, called=linking.called, content_hash=whole)


class _Unusable(Exception):
    """Why an automation cannot be run by another."""


@dataclass(frozen=True, slots=True)
class _Size:
    """How deep automations run one another from here on, and how many rounds go on at the same time."""

    depth: int = 1
    rounds: int = 1


@dataclass(slots=True)
class _Linking:
    find: Find
    called: dict[str, Automation] = field(default_factory=dict)
    _sizes: dict[str, _Size] = field(default_factory=dict)

    def measure(self, step: Step, chain: tuple[Automation, ...]) -> _Size:
        """What a step runs, found and measured; `chain` are those that led here."""
        inner = self._found(str(step.params["automation"]))
        if any(inner.id == each.id for each in chain):
            names = " → ".join(each.name for each in (*chain, inner))
            raise _Unusable(f"leads back to an automation that is running already: {names}")
        if inner.id not in self._sizes:
            self._sizes[inner.id] = self._size(inner, (*chain, inner))
        size = self._sizes[inner.id]
        if size.depth + len(chain) > MAX_DEPTH + 1:
            raise _Unusable(f"makes automations run one another more than {MAX_DEPTH} deep")
        return size

    def _size(self, automation: Automation, chain: tuple[Automation, ...]) -> _Size:
        if len(chain) > MAX_DEPTH + 1:
            raise _Unusable(f"makes automations run one another more than {MAX_DEPTH} deep")
        depth, rounds = 1, 1
        for _path, step, concurrency in _calls(automation):
            size = self.measure(step, chain)
            depth, rounds = max(depth, size.depth + 1), max(rounds, concurrency * size.rounds)
        own = max((each for _path, _step, each in _all(automation)), default=1)
        _check_rounds(max(rounds, own))
        return _Size(depth, max(rounds, own))

    def _found(self, reference: str) -> Automation:
        if reference not in self.called:
            try:
                found = self.find(reference)
            except LoopiError as error:
                raise _Unusable(f"is {reference[:200]!r}, which cannot be used: {error.message}") from None
            if found is None:
                raise _Unusable(f"is {reference[:200]!r}, and there is no automation with that name or id")
            self.called[reference] = found
        return self.called[reference]


def _check_rounds(count: int) -> None:
    if count > MAX_CONCURRENCY:
        raise _Unusable(
            f"makes, with the loops around it, more than {MAX_CONCURRENCY} rounds at the same time"
        )


def _calls(automation: Automation) -> Iterator[tuple[str, Step, int]]:
    """Each step that runs an automation, with its place and the rounds around it that go on together."""
    return (found for found in _all(automation) if found[1].type == RUN_AUTOMATION.type)


def _all(automation: Automation) -> Iterator[tuple[str, Step, int]]:
    waiting = [("steps", automation.steps, 1)]
    while waiting:
        path, steps, around = waiting.pop()
        for index, step in enumerate(steps):
            if step.is_disabled:
                continue
            concurrency = around * cast("int", step.params.get("concurrency", 1))
            place = f"{path}[{index}]"
            yield place, step, concurrency
            waiting += [(f"{place}.{name}", block, concurrency) for name, block in step.blocks.items()]
