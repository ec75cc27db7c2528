"""What a step that touches the world is made of: one frozen description per type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from engine.effects import EffectClass, StepResult
from engine.model import Json, Step
from engine.ports import Clock, Credential, Emit, Settings

if TYPE_CHECKING:
    from engine.http.client import HttpClient
    from engine.redact import Redactor


@dataclass(slots=True)
class RunResources:
    """What lasts as long as the run: one HTTP client, one signed session per credential (`sessions`)."""

    http: "HttpClient"
    settings: Settings
    clock: Clock
    redactor: "Redactor"
    sessions: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActionContext:
    """All that one call may use.

    `params` of the action hold real values; `shown` holds the same with secrets as bullets.

    `emit` records RequestSent and ResponseReceived. `is_placed`: a placeholder puts a secret field of the
    credential into the request, so the type does not sign by itself (`{{credentials.apiUrl}}` alone is no
    secret). `literal_origin` is what `http.policy.literal_origin` makes of the step's URL as written.
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


Act: TypeAlias = Callable[[Mapping[str, object], ActionContext], StepResult]


@dataclass(frozen=True, slots=True)
class Action:
    """A step type with an effect. `act` returns a StepResult or raises a LoopiError, nothing else.

    `classify` says from the params how safe a repeat is. `request_fields` are the fields in which
    `{{credentials.…}}` may stand; `url_fields` are filled as URLs; `literal_fields` are never taken for
    templates. `credential_types` is empty when any type will do; `needs_credential` fails the step before
    any request when there is none. `warn` says of unresolved params what is worth a second look;
    `prepare` gives them the form in which they are filled.
    """

    type: str
    act: Act
    classify: Callable[[Mapping[str, object]], EffectClass]
    request_fields: tuple[str, ...] = ()
    url_fields: tuple[str, ...] = ()
    literal_fields: tuple[str, ...] = ()
    credential_types: tuple[str, ...] = ()
    needs_credential: bool = False
    warn: Callable[[Mapping[str, Json]], list[str]] = lambda _params: []
    prepare: Callable[[Mapping[str, Json]], Mapping[str, Json]] = lambda params: params
