"""Tries one credential with one harmless request, under the rules of a run: hosts, redaction, time limits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, cast
from urllib.parse import urlsplit

from backend.adapters.credential_use import outcome_of
from backend.adapters.credentials import VaultCredentials
from backend.credentials.hosts import host_of_url
from backend.credentials.types import CredentialType
from backend.logs import LOG_REDACTOR
from backend.runs.recorder import Recorder
from backend.runs.runner import Control, LocalRunner
from backend.store.credential_use import Use, UseLog
from engine.effects import Failure
from engine.errors import LoopiError
from engine.events import Event, StepFinished
from engine.executor import Executor
from engine.http.address import is_loopback
from engine.http.client import HttpClient, never
from engine.interpreter import interpret
from engine.model import Automation, Json, Step
from engine.ports import Clock, Credential, Settings
from engine.redact import Redactor
from engine.signing.oauth2 import TokenKeeper
from engine.steps.action import RunResources
from engine.steps.twitter_errors import Refusal, failure_of

TrialOutcome: TypeAlias = Literal["works", "refused", "expired", "unclear", "untestable"]

TIMEOUT_S = 15.0
_X = Settings().x_base_url


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it. `unclear`: a request was tried, and its answer says nothing about the credential."""

    outcome: TrialOutcome
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Address:
    """Where to ask. `is_named`: the type names it, and it answers nobody without a credential."""

    url: str
    is_named: bool


class CredentialTester:
    """Tests saved credentials, and remembers what was found out."""

    def __init__(
        self,
        credentials: VaultCredentials,
        uses: Callable[[], UseLog],
        *,
        settings: Callable[[], Settings],
        clock: Clock,
    ) -> None:
        self._credentials = credentials
        self._uses = uses
        self._settings = settings
        self._clock = clock

    def test(self, credential_id: str, kind: CredentialType | None) -> Trial:
        """Ask the service. A refusal is a result; what is wrong before that is raised as LoopiError."""
        taken_at = self._clock.now()
        credential = self._credentials.find(credential_id)
        if credential is None or kind is None:
            return Trial("untestable", "It cannot be tested: its type is gone.", "Put the type's file back.")
        redactor = Redactor(credential.secrets(), pairs=credential.pairs())
        with LOG_REDACTOR.holding(redactor), HttpClient(self._settings()) as http:
            resources = RunResources(http, self._settings(), self._clock, redactor)
            tested = _test(credential, kind, resources)
        if tested.outcome != "untestable":
            known = None if tested.outcome == "unclear" else tested.outcome
            use = Use(self._clock.now(), known, taken_at, tested.message, tested.hint)
            self._uses().record(credential.id, use)
        return tested


def _test(credential: Credential, kind: CredentialType, resources: RunResources) -> Trial:
    address = _address(credential, kind)
    if address is not None:
        return _asked(credential, address, resources)
    if kind.signing.kind == "oauth2" and credential.fields.get(kind.signing.fields.get("tokenUrl", "")):
        return _token(credential, resources)
    return Trial(
        "untestable",
        "It cannot be tested by itself: nothing in it names an address to ask.",
        "The first run that uses it will tell.",
    )


def _address(credential: Credential, kind: CredentialType) -> _Address | None:
    for probe in kind.probes:
        if not probe.host or probe.host in credential.hosts:
            return _Address(probe.url, is_named=True)
    base = credential.fields.get(kind.hosts_from_field or "")
    is_address = isinstance(base, str) and host_of_url(base) is not None
    return _Address(str(base), is_named=False) if is_address else None


def _asked(credential: Credential, address: _Address, resources: RunResources) -> Trial:
    is_x = address.url.startswith(_X)
    if is_x:
        base = resources.settings.x_base_url
        address = replace(address, url=base + address.url.removeprefix(_X))
        # As the Twitter steps have it: a signature gives no key away, so a stand-in on this machine may see
        # it.
        if is_loopback(urlsplit(base).hostname or ""):
            credential = replace(credential, hosts=(base,))
    finished = _run(credential, address.url, resources)
    if finished.outcome == "succeeded":
        return _works(finished.output, address)
    error = finished.error or {}
    failure = Failure(str(error.get("code")), str(error.get("message")), str(error.get("hint", "")))
    if is_x and isinstance(finished.output.get("status"), int):
        failure = _x_failure(finished.output, resources.clock.now())
    return _refused(failure, address)


def _run(credential: Credential, url: str, resources: RunResources) -> StepFinished:
    """A run of one step, which nobody keeps."""
    step = Step("test", "apiCall", {"url": url, "timeoutSeconds": TIMEOUT_S}, credential=credential.id)
    found: list[StepFinished] = []

    def listen(event: Event) -> None:
        if isinstance(event.fact, StepFinished):
            found.append(event.fact)

    recorder = Recorder("test", resources.clock, resources.redactor, _keep, sinks=[listen])
    executor = Executor("test", resources, {step.id: credential}, _NoIntents())
    runner = LocalRunner(executor, recorder, Control(resources.clock))
    runner.drive(interpret(Automation("test", "Test of a credential", (step,)), {}))
    return found[-1]


def _keep(_event: Event, _line: str) -> None:
    """A test leaves no run in the history."""


class _NoIntents:
    """Nothing here is done that must be done once."""

    def intend(self, path: str, attempt: int) -> None:
        raise AssertionError(f"A test only reads: {path}, {attempt}.")

    withdraw = intend


def _x_failure(output: Mapping[str, Json], now: float) -> Failure:
    headers = cast("dict[str, str]", output.get("headers") or {})
    return failure_of(Refusal(cast("int", output["status"]), headers, output.get("data")), now, is_once=False)


def _works(output: Mapping[str, Json], address: _Address) -> Trial:
    message = f"It works: {urlsplit(address.url).hostname} answered {output.get('status')}."
    hint = "" if address.is_named else "Some services answer so to anybody: the first run will tell for sure."
    return Trial("works", message, hint)


def _refused(failure: Failure, address: _Address) -> Trial:
    outcome = outcome_of(failure.code, failure.message)
    if outcome is None:
        return Trial(
            "unclear", failure.message, f"This says nothing about the credential itself. {failure.hint}"
        )
    if address.is_named:
        return Trial(outcome, failure.message, failure.hint)
    elsewhere = "If the service wants it elsewhere, such as in the address, the first run will tell."
    return Trial(outcome, failure.message, f"{failure.hint} {elsewhere}")


def _token(credential: Credential, resources: RunResources) -> Trial:
    keeper = TokenKeeper(
        credential, resources.http, learn=resources.redactor.add, monotonic=resources.clock.monotonic
    )
    try:
        keeper.token(never)
    except LoopiError as error:
        message, hint = resources.redactor.text(error.message), resources.redactor.text(error.hint)
        outcome = outcome_of(error.code, message) if not error.retryable else None
        return Trial(outcome or "unclear", message, hint)
    return Trial("works", "It works: the token URL gave a token.")
