"""What the events of a run add up to: the state that a screen shows, live or a year later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from engine.events import (
    AnswerTaken,
    BranchTaken,
    Differed,
    Event,
    LoopEntered,
    Outcome,
    RequestSent,
    ResponseReceived,
    RunContinued,
    RunFinished,
    RunPaused,
    RunRehearsed,
    RunStarted,
    StepFinished,
    StepOutcome,
    StepRetrying,
    StepStarted,
    StepWaiting,
    ValuesTaken,
    VariableSet,
)
from engine.model import CALLED, Json


@dataclass(frozen=True, slots=True)
class StepState:
    """One step at one path: `outcome` is None while it runs."""

    step_id: str
    started_at: float
    finished_at: float | None = None
    outcome: StepOutcome | None = None
    attempts: int = 1
    error: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class RunState:
    """A run so far. `steps` is keyed by path; `outcome` is None while it runs."""

    run_id: str = ""
    name: str = ""
    started_at: float = 0.0
    finished_at: float | None = None
    outcome: Outcome | None = None
    error: Mapping[str, Json] | None = None
    steps: Mapping[str, StepState] = field(default_factory=dict)
    variables: Mapping[str, Json] = field(default_factory=dict)
    next_seq: int = 0


def fold(events: Iterable[Event], start: RunState | None = None) -> RunState:
    """The state after all events. Folding in two parts gives the same as folding at once."""
    folding = _Folding(start or RunState())
    for event in events:
        folding.apply(event)
    return replace(folding.run, steps=folding.steps, variables=folding.variables, next_seq=folding.next_seq)


class _Folding:
    """A state in the making: its tables are copied once, not again for each of 100,000 events."""

    def __init__(self, start: RunState) -> None:
        self.run = start
        self.steps = dict(start.steps)
        self.variables = dict(start.variables)
        self.next_seq = start.next_seq

    def apply(self, event: Event) -> None:
        fact, path = event.fact, event.path
        self.next_seq = event.seq + 1
        match fact:
            case RunStarted():
                self.run = replace(self.run, run_id=event.run_id, name=fact.name, started_at=event.at)
                self.variables = dict(fact.variables)
            case StepStarted():
                self.steps[path] = StepState(fact.step_id, event.at)
            case StepRetrying():
                self.steps[path] = replace(self.steps[path], attempts=fact.attempt + 1)
            case StepFinished():
                self._finish_step(event, fact)
            case VariableSet():
                self._set(path, fact.name, fact.value)
            case RunFinished():
                self.run = replace(self.run, finished_at=event.at, outcome=fact.outcome, error=fact.error)
            case (
                ValuesTaken()
                | RequestSent()
                | ResponseReceived()
                | StepWaiting()
                | LoopEntered()
                | BranchTaken()
                | RunRehearsed()
                | AnswerTaken()
                | Differed()
                | RunPaused()
                | RunContinued()
            ):
                pass
            case _:
                assert_never(fact)

    def _finish_step(self, event: Event, fact: StepFinished) -> None:
        # A disabled step finishes without having started.
        started = self.steps.get(event.path) or StepState(fact.step_id, event.at)
        self.steps[event.path] = replace(
            started, finished_at=event.at, outcome=fact.outcome, error=fact.error
        )
        if fact.stored_as is not None:
            self._set(event.path, fact.stored_as, fact.output.get("data"))

    def _set(self, path: str, name: str, value: Json) -> None:
        # What a called automation sets is its own.
        if CALLED not in path:
            self.variables[name] = value
