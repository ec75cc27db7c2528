"""Effects that were begun and have no outcome, for the program ended in between. Each is settled first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from backend.runs.journal import Intent, Journal
from engine.effects import StepCall, StepResult
from engine.errors import LoopiError
from engine.executor import Executor
from engine.past import Past
from engine.ports import Emit
from engine.steps.action import Action
from engine.steps.registry import STEPS


@dataclass(frozen=True, slots=True)
class Doubt:
    """One of them. `note` says why looking it up did not help; `must_ask`: only a person can tell."""

    path: str
    attempt: int
    at: float
    step_id: str
    description: str
    note: str
    must_ask: bool


def doubts_of(intents: Iterable[Intent], past: Past) -> list[Doubt]:
    """The intents of a run whose outcome its record does not tell."""
    return [_doubt(each, past) for each in intents if each.attempt > past.tried(each.path)]


def _doubt(intent: Intent, past: Past) -> Doubt:
    step = past.steps.get(intent.path)
    kind = STEPS.get(step.step_type) if step else None
    can_look = isinstance(kind, Action) and kind.reconcile is not None
    return Doubt(
        path=intent.path,
        attempt=intent.attempt,
        at=intent.at,
        step_id=step.step_id if step else "",
        description=step.description if step else "",
        note=intent.note or "",
        must_ask=not can_look or intent.note is not None,
    )


@dataclass(frozen=True, slots=True)
class Doubts:
    """Those of one run. `answers` are a person's, by path: whether it was done."""

    run_id: str
    journal: Journal
    executor: Executor
    open: Mapping[str, Doubt]
    answers: Mapping[str, bool]

    def settle(self, call: StepCall, emit: Emit, is_cancelled: Callable[[], bool]) -> StepResult | None:
        """What came of the call, or None when it is to be carried out.

        Raises LoopiError `run.outcome_unknown` when nobody can tell; the journal keeps why.
        """
        doubt = self.open.get(call.path)
        if doubt is None or doubt.attempt != call.attempt:
            return None
        if call.path in self.answers:
            return StepResult("ok", {"data": None}) if self.answers[call.path] else None
        try:
            return self.executor.reconcile(call, emit, is_cancelled, intended_at=doubt.at)
        except LoopiError as error:
            if not is_cancelled():
                self.journal.doubt(self.run_id, call.path, error.message)
            raise unknown_outcome(doubt, error.message) from None


def unknown_outcome(doubt: Doubt, why: str = "") -> LoopiError:
    name = doubt.description or doubt.step_id
    return LoopiError(
        "run.outcome_unknown",
        f"Loopi ended while step “{name}” was at work, and nobody knows whether it was done. {why}".rstrip(),
        hint="Look at the service. Then resume with the answer: was it done, or should it be done again?",
    )
