"""Carries out one call: find the credential, record the intent, fill in the secrets, act, redact."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from engine.effects import Failure, StepCall, StepResult
from engine.errors import LoopiError
from engine.filling import filled
from engine.http.policy import literal_origin
from engine.model import Automation, Json, Step, located
from engine.ports import Credential, Credentials, Emit, Intents, Signing
from engine.retry import MAX_DELAY_S
from engine.steps.action import Action, ActionContext, RunResources
from engine.steps.registry import STEPS
from engine.template.render import is_deferred


def snapshot(
    automation: Automation, credentials: Credentials, chosen: Mapping[str, str]
) -> dict[str, Credential | None]:
    """The credential of each step that names one, by step id: None when it does not exist.

    `chosen` maps a step's id to the reference that stands in for its own. May raise what `credentials`
    raises.
    """
    found: dict[str, Credential | None] = {}
    by_reference: dict[str, Credential | None] = {}
    # A disabled step lends the run no credential: what is redacted would tell of a secret that is not used.
    for _path, step in located(automation.steps, only_enabled=True):
        reference = chosen.get(step.id, step.credential)
        if reference is not None:
            if reference not in by_reference:
                by_reference[reference] = credentials.find(reference)
            found[step.id] = by_reference[reference]
        elif step.inline:
            found[step.id] = _inline(step)
    return found


def _inline(step: Step) -> Credential:
    action = STEPS[step.type]
    kind = action.credential_types[0] if isinstance(action, Action) else ""
    return Credential("", f"the keys in step {step.id}", kind, step.inline, Signing("oauth1"), ())


@dataclass(frozen=True, slots=True)
class Executor:
    """Executes the calls of one run. Thread-safe: the rounds of a parallel loop share it."""

    run_id: str
    resources: RunResources
    credentials: Mapping[str, Credential | None]
    intents: Intents

    def execute(self, call: StepCall, emit: Emit, is_cancelled: Callable[[], bool]) -> StepResult:
        """What came of the call, redacted. Failures are results, never exceptions."""
        try:
            result = self._acted(call, emit, is_cancelled)
        except LoopiError as error:
            failure = Failure(error.code, error.message, error.hint, error.retryable)
            result = StepResult("error", {}, failure)
        return self._redacted(result)

    def _acted(self, call: StepCall, emit: Emit, is_cancelled: Callable[[], bool]) -> StepResult:
        action = cast("Action", STEPS[call.step.type])
        credential = self._credential(action, call.step)
        is_placed = is_deferred(call.params)
        real, shown = call.params, call.params
        if is_placed:
            real, shown = filled(call.params, credential, action, learn=self.resources.redactor.add)
        context = ActionContext(
            step=call.step,
            credential=credential,
            resources=self.resources,
            shown=shown,
            emit=emit,
            is_cancelled=is_cancelled,
            idempotency_key=self._key(call) if call.effect == "once" else "",
            is_placed=is_placed,
            literal_origin=literal_origin(str(call.step.params.get("url", ""))),
        )
        if call.effect == "once":
            self.intents.intend(call.path, call.attempt)
        return action.act(real, context)

    def _key(self, call: StepCall) -> str:
        """The same for every attempt at a step, so that a service can tell a repeat from a second wish."""
        return hashlib.sha256(f"{self.run_id}/{call.path}".encode()).hexdigest()[:32]

    def _credential(self, action: Action, step: Step) -> Credential | None:
        credential = self.credentials.get(step.id)
        if credential is None and (step.id in self.credentials or action.needs_credential):
            raise _missing(step)
        if credential and action.credential_types and credential.type not in action.credential_types:
            wanted = " or ".join(action.credential_types)
            raise LoopiError(
                "credential.wrong_type",
                f"Step {step.id} needs a credential of type {wanted}, "
                f"and {credential.name} is of type {credential.type}.",
                hint="Choose another credential for this step.",
            )
        return credential

    def _redacted(self, result: StepResult) -> StepResult:
        redactor = self.resources.redactor
        output = cast("Mapping[str, Json]", redactor.value(result.output))
        failure = result.failure
        if failure is not None:
            failure = replace(
                failure,
                message=redactor.text(failure.message),
                hint=redactor.text(failure.hint),
                retry_at=self._bounded(failure.retry_at),
            )
        return StepResult(result.status, output, failure)

    def _bounded(self, retry_at: float | None) -> float | None:
        """No service can make a run wait for longer than a day."""
        return None if retry_at is None else min(retry_at, self.resources.clock.now() + MAX_DELAY_S)


def _missing(step: Step) -> LoopiError:
    named = f"The credential of step {step.id} does not exist"
    return LoopiError(
        "credential.missing",
        f"{named if step.credential else f'Step {step.id} has no credential'}: nothing was sent.",
        hint="Choose one in the step, or give one for this run: --credential STEP=NAME. "
        "loopi credentials list shows them.",
    )
