"""What the interpreter asks of the world, and what it is told back. Knows no I/O, no clock, no secrets."""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.events import Fact
from engine.model import Json, Step

EffectClass: TypeAlias = Literal["read", "idempotent", "once"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a step failed: the shape of an error, as data.

    `retry_at` is the Unix time in seconds before which the service wants no further try.
    `may_have_happened` marks a request that left this machine and got no answer.
    """

    code: str
    message: str
    hint: str = ""
    retryable: bool = False
    retry_at: float | None = None
    may_have_happened: bool = False

    def to_json(self) -> dict[str, Json]:
        """As an event carries it: `{"code", "message", "hint"}`."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


@dataclass(frozen=True, slots=True)
class StepResult:
    """What came of one call: `output` is everything the step leaves under `steps.<id>`, already redacted.

    `output["data"]` is what goes under the step's storeKey.
    """

    status: Literal["ok", "error", "unknown"]
    output: Mapping[str, Json] = field(default_factory=dict)
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class StepCall:
    """Carry out one step. `params` are resolved but for credentials, which are `template.Deferred` leaves.

    `owner` is the id of the called automation that the step belongs to, empty for the run's own.
    """

    path: str
    step: Step
    params: Mapping[str, object]
    effect: EffectClass
    attempt: int = 1
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait `seconds`, or until the Unix time `until` when that is given.

    `jitter` adds up to that share of the wait at random.
    """

    path: str
    seconds: float
    until: float | None = None
    jitter: float = 0.0


@dataclass(frozen=True, slots=True)
class Note:
    """Record a fact; answered with None."""

    path: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Take:
    """Take values that differ each time, out of `now`, `uuid`, `random`; answered with them by name.

    `now` is ISO 8601 in UTC, `random` is from 0 to below 1.
    """

    path: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parallel:
    """Run branches side by side, at most `limit` at once; answered with their return values in order.

    The first branch that raises stops the ones not yet started; its exception is thrown back in.
    """

    path: str
    branches: "Iterable[Run]"
    limit: int


Effect: TypeAlias = StepCall | Sleep | Take | Note | Parallel
# What the world answers; a block or a flow step is sent what a block inside it left, too.
Answer: TypeAlias = "StepResult | Json"
Run: TypeAlias = Generator[Effect, Answer, Json]
