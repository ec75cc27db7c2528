"""What the steps of a recorded run were answered, found again by the ids of the steps.

A step that was moved, or has others before it since, is still the same step.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.effects import StepResult
from engine.events import Event, Fact, RunFinished, RunStarted, StepFinished, StepRetrying, StepStarted
from engine.events import ValuesTaken as Taken
from engine.model import CALLED, Json, Step
from engine.past import repeated, result_of


class Places:
    """Names the places of a run by the ids of their steps: `each/loop[3]/call` for `2/loop[3]/0`."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def enter(self, path: str, step_id: str) -> None:
        """A step began."""
        self._ids[path] = step_id

    def leave(self, path: str) -> None:
        """It ended."""
        self._ids.pop(path, None)

    def name(self, path: str) -> str:
        """What a place is called while its step goes on."""
        parts = path.split("/")
        whole = ("/".join(parts[: end + 1]) for end in range(len(parts)))
        return "/".join(self._ids.get(each, part) for each, part in zip(whole, parts, strict=True))


@dataclass
class Place:
    """What was recorded at one place: facts by their type, in order."""

    step_type: str = ""
    results: list[StepResult] = field(default_factory=list)
    values: list[Mapping[str, Json]] = field(default_factory=list)
    facts: dict[type[Fact], deque[Fact]] = field(default_factory=lambda: defaultdict(deque))


class Recording:
    """A recorded run: `started` is its first fact, `finished` its last one. Thread-safe once it is made."""

    def __init__(self, run_id: str, events: Iterable[Event]) -> None:
        self.run_id = run_id
        self.started: RunStarted | None = None
        self.finished: RunFinished | None = None
        self._places: dict[str, Place] = defaultdict(Place)
        self._latest: dict[tuple[str, str], StepResult] = {}
        self._lock = threading.Lock()
        names = Places()
        for event in events:
            self._learn(event, names)

    def knows(self, name: str) -> bool:
        """Whether the run came to this place."""
        return name in self._places

    def answer(self, name: str, step: Step, attempt: int) -> StepResult | None:
        """What came of an attempt (from 1) at a step, or None when that is not recorded."""
        place = self._places.get(name)
        if place is None or place.step_type != step.type or attempt > len(place.results):
            return None
        return place.results[attempt - 1]

    def likely(self, name: str, step: Step) -> StepResult | None:
        """What a step was answered with when it succeeded: there, or else the last time elsewhere."""
        place = self._places.get(name)
        if place and place.step_type == step.type and place.results and place.results[-1].status == "ok":
            return place.results[-1]
        return None if CALLED in name else self._latest.get((step.id, step.type))

    def values(self, name: str) -> Mapping[str, Json] | None:
        """What was taken at this place, once each."""
        place = self._places.get(name)
        with self._lock:
            return place.values.pop(0) if place and place.values else None

    def take(self, name: str, kind: type[Fact]) -> Fact | None:
        """The next fact of this type at this place, once each."""
        place = self._places.get(name)
        with self._lock:
            facts = place.facts.get(kind) if place else None
            return facts.popleft() if facts else None

    def _learn(self, event: Event, names: Places) -> None:
        fact, path = event.fact, event.path
        if isinstance(fact, StepStarted):
            names.enter(path, fact.step_id)
        name = names.name(path)
        place = self._places[name]
        match fact:
            case RunStarted():
                self.started = fact
            case RunFinished():
                self.finished = fact
            case StepStarted():
                place.step_type = fact.step_type
            case StepRetrying():
                place.results.append(repeated(fact))
            case Taken(values=values):
                place.values.append(values)
            case StepFinished() if fact.outcome not in {"skipped", "cancelled"}:
                self._keep(place, fact, is_called=CALLED in path)
            case _:
                pass
        place.facts[type(fact)].append(fact)
        if isinstance(fact, StepFinished):
            names.leave(path)

    def _keep(self, place: Place, fact: StepFinished, *, is_called: bool) -> None:
        result = result_of(fact)
        place.results.append(result)
        if result.status == "ok" and not is_called:
            self._latest[fact.step_id, place.step_type] = result
