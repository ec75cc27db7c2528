"""What a Twitter step needs to act, with X on loopback: real connections, a clock that tests hold."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

from engine.effects import StepResult
from engine.errors import LoopiError
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
    secrets = {name: Secret(value) for name, value in (account.fields | changes).items()}
    return Credential("c1", "Main account", "twitter", secrets, hosts=("api.x.com",))


@dataclass(slots=True)
class XRun:
    """`run.act(CREATE_TWEET, text="…")`; `facts` is what the steps emitted."""

    resources: RunResources
    credential: Credential | None
    facts: list[Fact] = field(default_factory=list)
    is_cancelled: Callable[[], bool] = never
    max_wait_s: float = 0.0
    intents: list[int] = field(default_factory=list)
    progress: dict[str, object] = field(default_factory=dict)

    def intend(self) -> None:
        """Remember how many facts there were when something was about to be done once."""
        self.intents.append(len(self.facts))

    def act(self, action: Action, **params: object) -> StepResult:
        """The action's own result; LoopiErrors come through."""
        return action.act(params, self.context(action, params))

    def refused(self, action: Action, **params: object) -> LoopiError:
        """The LoopiError that the action raises."""
        with pytest.raises(LoopiError) as caught:
            self.act(action, **params)
        return caught.value

    def context(self, action: Action, params: Mapping[str, object]) -> ActionContext:
        return ActionContext(
            step=Step("step", action.type),
            credential=self.credential,
            resources=self.resources,
            shown=params,
            emit=self.facts.append,
            is_cancelled=self.is_cancelled,
            idempotency_key="key",
            max_wait_s=self.max_wait_s,
            intend=self.intend,
            progress=self.progress,
        )


@contextmanager
def x_run(base_url: str, account: Account | None = None, **settings: object) -> Iterator[XRun]:
    """A run whose X is at `base_url`, with `account` or the test server's own."""
    chosen = replace(Settings(x_base_url=base_url), **settings)  # type: ignore[arg-type]  # any setting
    with HttpClient(chosen) as http:
        yield XRun(RunResources(http, chosen, StillClock(), Redactor()), credential(account or Account()))
