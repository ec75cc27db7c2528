"""Learns from the events of a run when its credentials were used, and whether a service refused them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from backend.store.credential_use import Use, UseLog, UseOutcome
from engine.events import Event, RequestSent, RunFinished, StepFinished
from engine.ports import Credential

REFUSED = frozenset(
    {
        "credential.incomplete",
        "credential.token_refused",
        "http.forbidden",
        "http.unauthorized",
        "x.forbidden",
        "x.forbidden.no_write_permission",
        "x.forbidden.not_enrolled",
        "x.forbidden.plan",
        "x.forbidden.suspended",
        "x.forbidden.wrong_authentication",
        "x.no_credits",
        "x.unauthorized",
    }
)
"""The codes that are about the credential. What else X forbids is about the tweet."""

# “Invalid or expired”, as X says, is no word on the age of a key.
_EXPIRED = re.compile(r"(?<!or )\bexpired\b", re.IGNORECASE)


def outcome_of(code: str, message: str) -> UseOutcome | None:
    """What a failure says about the credential: None when it says nothing."""
    if code not in REFUSED:
        return None
    return "expired" if _EXPIRED.search(message) else "refused"


@dataclass(frozen=True, slots=True)
class UseWatch:
    """Makes the listener of a run. `record` is slow: it is called when an outcome changes, and at the end."""

    log: Callable[[], UseLog]

    def __call__(
        self, credentials: Mapping[str, Credential | None], *, taken_at: float
    ) -> Callable[[Event], None]:
        """For a run whose steps have these credentials, read at `taken_at` (Unix seconds)."""
        by_step = {step_id: found.id for step_id, found in credentials.items() if found and found.id}
        return _Listener(self.log, by_step, taken_at)


class _Listener:
    def __init__(self, log: Callable[[], UseLog], by_step: Mapping[str, str], taken_at: float) -> None:
        self._log = log
        self._by_step = by_step
        self._taken_at = taken_at
        self._sent: set[str] = set()
        self._latest: dict[str, Use] = {}

    def __call__(self, event: Event) -> None:
        fact = event.fact
        if not self._by_step:
            return
        if isinstance(fact, RequestSent):
            self._sent.add(event.path)
        elif isinstance(fact, StepFinished):
            self._finish(fact, event)
        elif isinstance(fact, RunFinished):
            for credential_id, use in self._latest.items():
                self._log().record(credential_id, use)

    def _finish(self, fact: StepFinished, event: Event) -> None:
        credential_id = self._by_step.get(fact.step_id)
        was_sent = event.path in self._sent
        self._sent.discard(event.path)
        if credential_id is None or not (was_sent or fact.error):
            return
        use = self._use(fact, event.at)
        if not (was_sent or use.outcome):
            return
        before = self._latest.get(credential_id)
        if before and use.outcome is None:
            use = replace(before, used_at=use.used_at)
        self._latest[credential_id] = use
        if before is None or before.outcome != use.outcome:
            self._log().record(credential_id, use)

    def _use(self, fact: StepFinished, at: float) -> Use:
        if fact.outcome == "succeeded":
            # A status that the step allows itself, such as 401, is no word on the credential.
            is_told = fact.output.get("status") not in {401, 403}
            return Use(at, "works" if is_told else None, self._taken_at)
        error = fact.error or {}
        code, message, hint = (str(error.get(key, "")) for key in ("code", "message", "hint"))
        return Use(at, outcome_of(code, message), self._taken_at, message, hint)
