"""When an `apiCall` may be tried again: by status, by error, by what may have happened. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.effects import EffectClass, Failure
from engine.http.error import HttpError
from engine.steps.api_answer import Ranges, holds, status_ranges
from engine.steps.api_body import refuse

# A gateway says so when it lost the answer of a service that may have done what was asked.
_MAYBE_DONE = frozenset({500, 502, 504})
_ERRORS: Mapping[str, frozenset[str]] = {
    "connection": frozenset(
        {"http.connect_failed", "http.connect_timeout", "http.connection_lost", "http.host_not_found"}
    ),
    "timeout": frozenset({"http.timeout"}),
}
_LOOK_FIRST = (
    "The request left, so it may have been carried out: look at the service before you run it again."
)


@dataclass(frozen=True, slots=True)
class RetryRules:
    """`statuses` and `codes` None: what is usual. `is_keyed`: the service can tell a repeat by its key."""

    effect: EffectClass
    statuses: Ranges | None = None
    codes: frozenset[str] | None = None
    is_keyed: bool = False

    def of_status(self, failure: Failure, status: int) -> Failure:
        """The failure by a status. One that the step lists is repeated, whatever the method."""
        if self.statuses is not None:
            return replace(failure, retryable=holds(self.statuses, status))
        may_have_happened = self.effect == "once" and status in _MAYBE_DONE and not self.is_keyed
        return replace(failure, may_have_happened=may_have_happened) if may_have_happened else failure

    def of_error(self, error: HttpError) -> Failure:
        """The failure of a request that got no usable answer."""
        retryable = error.retryable and (self.codes is None or error.code in self.codes)
        is_unknown = self.may_have_happened(error) and not self.is_keyed
        hint = _LOOK_FIRST if is_unknown and self.effect == "once" else error.hint
        return Failure(error.code, error.message, hint, retryable, may_have_happened=is_unknown)

    def may_have_happened(self, error: HttpError) -> bool:
        """Whether the request may have been carried out, and that makes a difference."""
        return error.may_have_happened and self.effect != "read"


def retry_rules(params: Mapping[str, object], effect: EffectClass) -> RetryRules:
    """What `retryStatuses`, `retryErrors` and `idempotencyKey` say. Raises HttpError."""
    statuses, errors = params.get("retryStatuses"), params.get("retryErrors")
    return RetryRules(
        effect,
        None if statuses is None else status_ranges(statuses, "retryStatuses"),
        None if errors is None else _codes(errors),
        is_keyed=params.get("idempotencyKey") is True,
    )


def _codes(given: object) -> frozenset[str]:
    if not isinstance(given, list | tuple) or not all(each in _ERRORS for each in given):
        refuse("retryErrors", "must list connection, timeout, both or none")
    return frozenset().union(*(_ERRORS[str(each)] for each in given))
