"""What an `apiCall` needs to act, with services on loopback: real connections and a clock that stands."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from engine.effects import StepResult
from engine.events import Fact, RequestSent, ResponseReceived
from engine.http.client import HttpClient, Machine, never
from engine.http.policy import literal_origin
from engine.model import Json, Step
from engine.ports import Credential, Settings, Signing
from engine.redact import Redactor
from engine.secrets import BULLETS, Secret
from engine.steps.action import ActionContext, RunResources
from engine.steps.api_call import API_CALL
from servers.clock import StillClock


def key_credential(signing: Signing | None = None, *hosts: str, **fields: Secret | str) -> Credential:
    """A credential named Weather."""
    return Credential("c1", "Weather", "apiKey", fields, signing or Signing(), hosts)


@dataclass(slots=True)
class ApiRun:
    """`run.call(url=…, headers=…)`; `{{credentials.x}}` in texts is filled as the executor does."""

    resources: RunResources
    credential: Credential | None = None
    facts: list[Fact] = field(default_factory=list)
    is_cancelled: Callable[[], bool] = never
    progress: dict[str, object] = field(default_factory=dict)

    def call(self, **params: Json) -> StepResult:
        """The action's own result, before the executor redacts it; LoopiErrors come through."""
        fields = self.credential.fields if self.credential else {}
        real = _filled(params, {name: _plain(value) for name, value in fields.items()})
        hidden = {name: value if isinstance(value, str) else BULLETS for name, value in fields.items()}
        shown = _filled(params, hidden)
        assert isinstance(real, dict)
        assert isinstance(shown, dict)
        return API_CALL.act(real, self._context(params, shown, is_placed=real != params))

    def context(self, **params: Json) -> ActionContext:
        """What the action is given for params without secrets."""
        return self._context(params, params, is_placed=False)

    @property
    def sent(self) -> RequestSent:
        """The one request that was announced."""
        (fact,) = [each for each in self.facts if isinstance(each, RequestSent)]
        return fact

    @property
    def received(self) -> list[ResponseReceived]:
        return [each for each in self.facts if isinstance(each, ResponseReceived)]

    def _context(
        self, params: Mapping[str, Json], shown: Mapping[str, object], *, is_placed: bool
    ) -> ActionContext:
        return ActionContext(
            step=Step("step", "apiCall", params),
            credential=self.credential,
            resources=self.resources,
            shown=shown,
            emit=self.facts.append,
            is_cancelled=self.is_cancelled,
            idempotency_key="key",
            is_placed=is_placed,
            literal_origin=literal_origin(str(params.get("url", ""))),
            progress=self.progress,
        )


def _plain(value: Secret | str) -> str:
    return value.reveal() if isinstance(value, Secret) else value


def _filled(value: object, fields: Mapping[str, str]) -> object:
    if isinstance(value, Mapping):
        return {name: _filled(inner, fields) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, fields) for inner in value]
    for name, text in fields.items():
        value = value.replace(f"{{{{credentials.{name}}}}}", text) if isinstance(value, str) else value
    return value


@contextmanager
def api_run(
    credential: Credential | None = None, settings: Settings | None = None, machine: Machine | None = None
) -> Iterator[ApiRun]:
    """A run with this credential."""
    chosen = settings or Settings()
    with HttpClient(chosen, machine) as http:
        redactor = Redactor(credential.secrets() if credential else ())
        yield ApiRun(RunResources(http, chosen, StillClock(), redactor), credential)
