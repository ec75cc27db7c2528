"""What a step that touches the world is made of: one frozen description per type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from engine.effects import EffectClass, StepResult
from engine.model import Json, Step
from engine.ports import Clock, Credential, Emit, Settings
from engine.price import Price
from engine.rate_limit import RateLimits

if TYPE_CHECKING:
    from engine.http.client import HttpClient
    from engine.redact import Redactor


@dataclass(slots=True)
class RunResources:
    """What lasts as long as the run: one HTTP client, one signed session per credential (`sessions`).

    `limits` outlives it: what services said about how much more they take. `max_wait_s` is the longest wait
    for such a limit that was allowed for this run alone.
    """

    http: "HttpClient"
    settings: Settings
    clock: Clock
    redactor: "Redactor"
    sessions: dict[str, object] = field(default_factory=dict)
    limits: RateLimits = field(default_factory=RateLimits)
    max_wait_s: float | None = None


@dataclass(frozen=True, slots=True)
class ActionContext:
    """All that one call may use.

    `params` of the action hold real values; `shown` holds the same with secrets as bullets.

    `emit` records RequestSent and ResponseReceived. `is_placed`: a placeholder puts a secret field of the
    credential into the request, so the type does not sign by itself (`{{credentials.apiUrl}}` alone is no
    secret). `literal_origin` is what `http.policy.literal_origin` makes of the step's URL as written.
    `max_wait_s` is how long a limit of the service may be waited for. `intend` writes down that what must be
    done once is about to be done, for an action that `intends_itself`; `withdraw` takes that back once the
    service has said that it did nothing. `progress` is what an action leaves for the next attempt at the same
    call, when a part of it is done: empty at the first one.
    """

    step: Step
    credential: Credential | None
    resources: RunResources
    shown: Mapping[str, object]
    emit: Emit
    is_cancelled: Callable[[], bool]
    idempotency_key: str
    is_placed: bool = False
    literal_origin: str | None = None
    max_wait_s: float = 0.0
    intend: Callable[[], None] = lambda: None
    withdraw: Callable[[], None] = lambda: None
    progress: dict[str, object] = field(default_factory=dict)


Act: TypeAlias = Callable[[Mapping[str, object], ActionContext], StepResult]
Reconcile: TypeAlias = Callable[[Mapping[str, object], ActionContext, float], StepResult | None]


@dataclass(frozen=True, slots=True)
class Action:
    """A step type with an effect. `act` returns a StepResult or raises a LoopiError, nothing else.

    `classify` says from the params how safe a repeat is. `request_fields` are the fields in which
    `{{credentials.…}}` may stand; `url_fields` are filled as URLs; `literal_fields` are never taken for
    templates. `credential_types` is empty when any type will do; `needs_credential` fails the step before
    any request when there is none. `intends_itself`: it calls `context.intend` just before the one request
    that must be done once, after all that it waits for. `warn` says of unresolved params what is worth a
    second look; `prepare` gives them the form in which they are filled. `reconcile` finds out whether what
    was intended at a Unix time took place: its result when it did, None when it surely did not, a LoopiError
    when it cannot tell. `price` says from unresolved params what the service charges.
    """

    type: str
    act: Act
    classify: Callable[[Mapping[str, object]], EffectClass]
    request_fields: tuple[str, ...] = ()
    url_fields: tuple[str, ...] = ()
    literal_fields: tuple[str, ...] = ()
    credential_types: tuple[str, ...] = ()
    needs_credential: bool = False
    intends_itself: bool = False
    warn: Callable[[Mapping[str, Json]], list[str]] = lambda _params: []
    prepare: Callable[[Mapping[str, Json]], Mapping[str, Json]] = lambda params: params
    reconcile: Reconcile | None = None
    price: Callable[[Mapping[str, Json]], Price] | None = None
