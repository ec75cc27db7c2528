"""Carries out one call: find the credential, record the intent, fill in the secrets, act, redact."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import cast

from engine.effects import Failure, StepCall, StepResult
from engine.errors import LoopiError
from engine.filling import filled
from engine.http.policy import literal_origin
from engine.model import Automation, Json, Step, located
from engine.ports import Credential, Credentials, Emit, Intents, Signing
from engine.rate_limit import LONGER, Limit
from engine.retry import may_repeat
from engine.steps.action import Action, ActionContext, RunResources
from engine.steps.registry import STEPS
from engine.template.render import is_deferred


def snapshot(
    automation: Automation, credentials: Credentials, chosen: Mapping[str, str]
) -> dict[str, Credential | None]:
    """The credential of each step that names one, by its key: None when it does not exist.

    The key is the step's id, and for one of an automation that is called `automation id/step id`.
    `chosen` maps keys to the reference that stands in for the step's own. May raise what `credentials`
    raises.
    """
    found: dict[str, Credential | None] = {}
    by_reference: dict[str, Credential | None] = {}
    for key, step in keyed_steps(automation):
        reference = chosen.get(key, step.credential)
        if reference is not None:
            if reference not in by_reference:
                by_reference[reference] = credentials.find(reference)
            found[key] = by_reference[reference]
        elif step.inline:
            found[key] = _inline(step)
    return found


def keyed_steps(automation: Automation) -> Iterator[tuple[str, Step]]:
    """Every step that may run, those of called automations included, by the key of its credential."""
    # A disabled step lends the run no credential: what is redacted would tell of a secret that is not used.
    for _path, step in located(automation.steps, only_enabled=True):
        yield step.id, step
    for called in automation.called.values():
        for _path, step in located(called.steps, only_enabled=True):
            yield _key(called.id, step), step


def _key(owner: str, step: Step) -> str:
    return f"{owner}/{step.id}" if owner else step.id


def _inline(step: Step) -> Credential:
    action = STEPS[step.type]
    kind = action.credential_types[0] if isinstance(action, Action) else ""
    return Credential("", f"the keys in step {step.id}", kind, step.inline, Signing("oauth1"), ())


@dataclass(frozen=True, slots=True)
class Executor:
    """Executes the calls of one run. Thread-safe: the rounds of a parallel loop share it.

    `progress` is what attempts that will be repeated have done, by the path of their call.
    """

    run_id: str
    resources: RunResources
    credentials: Mapping[str, Credential | None]
    intents: Intents
    progress: dict[str, dict[str, object]] = field(default_factory=dict)

    def execute(self, call: StepCall, emit: Emit, is_cancelled: Callable[[], bool]) -> StepResult:
        """What came of the call, redacted. Failures are results, never exceptions."""
        self.progress.setdefault(call.path, {})
        try:
            result = self._acted(call, emit, is_cancelled)
        except LoopiError as error:
            failure = Failure(error.code, error.message, error.hint, error.retryable)
            result = StepResult("error", {}, failure)
        result = self._patient(result, call.step)
        failed = result.failure
        if failed is None or not may_repeat(call.step.retry, call.attempt, call.effect, failed):
            del self.progress[call.path]
        return self._redacted(result)

    def reconcile(
        self, call: StepCall, emit: Emit, is_cancelled: Callable[[], bool], *, intended_at: float
    ) -> StepResult | None:
        """What came of a call that was intended at this Unix time; None when it surely was not carried out.

        Raises LoopiError when nobody can tell.
        """
        action, real, context = self._prepared(call, emit, is_cancelled)
        if action.reconcile is None:
            raise LoopiError("run.outcome_unknown", f"What came of step {call.step.id} is not known.")
        result = action.reconcile(real, context, intended_at)
        return None if result is None else self._redacted(result)

    def _acted(self, call: StepCall, emit: Emit, is_cancelled: Callable[[], bool]) -> StepResult:
        action, real, context = self._prepared(call, emit, is_cancelled)
        if not action.intends_itself:
            context.intend()
        return action.act(real, context)

    def _prepared(
        self, call: StepCall, emit: Emit, is_cancelled: Callable[[], bool]
    ) -> tuple[Action, Mapping[str, object], ActionContext]:
        action = cast("Action", STEPS[call.step.type])
        credential = self._credential(action, call.step, _key(call.owner, call.step))
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
            max_wait_s=self._max_wait_s(call.step),
            intend=partial(self._noted, call, self.intents.intend),
            withdraw=partial(self._noted, call, self.intents.withdraw),
            progress=self.progress.get(call.path, {}),
        )
        return action, real, context

    def _noted(self, call: StepCall, note: Callable[[str, int], None]) -> None:
        if call.effect == "once":
            note(call.path, call.attempt)

    def _max_wait_s(self, step: Step) -> float:
        """How long a limit may be waited for: what was said for this run, for the step, or for all runs."""
        given, own = self.resources.max_wait_s, step.retry.max_wait_s
        if given is not None:
            return given
        return self.resources.settings.max_limit_wait_s if own is None else own

    def _key(self, call: StepCall) -> str:
        """The same for every attempt at a step, so that a service can tell a repeat from a second wish."""
        return hashlib.sha256(f"{self.run_id}/{call.path}".encode()).hexdigest()[:32]

    def _credential(self, action: Action, step: Step, key: str) -> Credential | None:
        credential = self.credentials.get(key)
        if credential is None and (key in self.credentials or action.needs_credential):
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
            )
        return StepResult(result.status, output, failure)

    def _patient(self, result: StepResult, step: Step) -> StepResult:
        """No service can make a run wait for longer than its user allows."""
        failure, allowed_s = result.failure, self._max_wait_s(step)
        if failure is None or failure.retry_at is None or not failure.retryable:
            return result
        seconds = failure.retry_at - self.resources.clock.now()
        if seconds <= allowed_s:
            return result
        hint = f"{Limit(failure.retry_at, 'limit').refusal(seconds, allowed_s)} {LONGER}"
        return replace(result, failure=replace(failure, hint=hint, retryable=False, retry_at=None))


def _missing(step: Step) -> LoopiError:
    named = f"The credential of step {step.id} does not exist"
    return LoopiError(
        "credential.missing",
        f"{named if step.credential else f'Step {step.id} has no credential'}: nothing was sent.",
        hint="Choose one in the step, or give one for this run: --credential STEP=NAME. "
        "loopi credentials list shows them.",
    )
