"""What a Twitter step needs to act, with X on loopback: real connections, a clock that tests hold."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from engine.effects import StepResult
from engine.events import Fact
from engine.http.client import HttpClient, never
from engine.model import Step
from engine.ports import Credential, Settings
from engine.redact import Redactor
from engine.secrets import Secret
from engine.steps.action import Action, ActionContext, RunResources
from servers.clock import StillClock
from servers.oauth1 import Account


def credential(account: Account, **changes: str) -> Credential:
    """The account as a saved credential of type twitter; `changes` are fields with other values."""
    fields = {
        "apiKey": account.consumer_key,
        "apiSecret": account.consumer_secret,
        "accessToken": account.token,
        "accessSecret": account.token_secret,
    } | changes
    secrets = {name: Secret(value) for name, value in fields.items()}
    return Credential("c1", "Main account", "twitter", secrets, hosts=("api.x.com",))


@dataclass(slots=True)
class XRun:
    """`run.act(CREATE_TWEET, text="…")`; `facts` is what the steps emitted."""

    settings: Settings
    http: HttpClient
    credential: Credential | None
    facts: list[Fact] = field(default_factory=list)
    is_cancelled: Callable[[], bool] = never

    def act(self, action: Action, **params: object) -> StepResult:
        """The action's own result; LoopiErrors come through."""
        return action.act(params, self.context(action, params))

    def context(self, action: Action, params: Mapping[str, object]) -> ActionContext:
        return ActionContext(
            step=Step("step", action.type),
            credential=self.credential,
            resources=RunResources(self.http, self.settings, StillClock(), Redactor()),
            shown=params,
            emit=self.facts.append,
            is_cancelled=self.is_cancelled,
            idempotency_key="key",
        )


@contextmanager
def x_run(base_url: str, account: Account | None = None, **settings: object) -> Iterator[XRun]:
    """A run whose X is at `base_url`, with `account` or the test server's own."""
    chosen = replace(Settings(x_base_url=base_url), **settings)  # type: ignore[arg-type]  # any setting
    with HttpClient(chosen) as http:
        yield XRun(chosen, http, credential(account or Account()))
