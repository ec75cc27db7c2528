"""What happened in a run, one frozen fact each. A run is the list of its events and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from engine.model import Json

Outcome: TypeAlias = Literal["succeeded", "failed", "cancelled"]
StepOutcome: TypeAlias = Literal["succeeded", "failed", "skipped", "cancelled", "unknown"]

Rehearsal: TypeAlias = Literal["dry", "replay"]

# Facts have no slots, so that `vars` gives their fields: nothing is looked up by name.


@dataclass(frozen=True)
class RunStarted:
    """The run began with these variables; `content_hash` pins the automation."""

    automation_id: str
    name: str
    content_hash: str
    variables: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class StepStarted:
    """A step began."""

    step_id: str
    step_type: str
    description: str = ""


@dataclass(frozen=True)
class RequestSent:
    """A request left. `url`, `headers` and `body` show every credential as bullets."""

    method: str
    url: str
    headers: Mapping[str, Json] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class ResponseReceived:
    """An answer arrived after `elapsed_s` seconds with `size_bytes` of decoded body."""

    status: int
    url: str
    headers: Mapping[str, Json] = field(default_factory=dict)
    size_bytes: int = 0
    elapsed_s: float = 0.0


@dataclass(frozen=True)
class StepRetrying:
    """Attempt `attempt` failed; the next one starts at `until` (Unix seconds), or after `delay_s`."""

    attempt: int
    error: Mapping[str, Json]
    delay_s: float
    until: float | None = None


@dataclass(frozen=True)
class StepWaiting:
    """A step waits until a Unix time, since a limit of its service is used up; `limit` names it."""

    until: float
    limit: str


@dataclass(frozen=True)
class StepFinished:
    """A step ended. `output` is what it leaves under `steps.<id>`.

    The output's `data` went to the variable `stored_as`.
    """

    step_id: str
    outcome: StepOutcome
    output: Mapping[str, Json] = field(default_factory=dict)
    stored_as: str | None = None
    error: Mapping[str, Json] | None = None


@dataclass(frozen=True)
class LoopEntered:
    """Round `index` (from 0) of a loop began; `total` is None when it is not known."""

    index: int
    total: int | None = None


@dataclass(frozen=True)
class BranchTaken:
    """A condition was decided: `branch` names the block that runs."""

    branch: str


@dataclass(frozen=True)
class VariableSet:
    """A variable got a value."""

    name: str
    value: Json


@dataclass(frozen=True)
class ValuesTaken:
    """The time, a random number or the like was taken for a step: a replay takes these again."""

    values: Mapping[str, Json]


@dataclass(frozen=True)
class RunRehearsed:
    """Nothing is sent in this run. `kind`: nothing was to be sent, or the run `of_run` is replayed.

    A dry run takes answers from `of_run` too; it is empty when there was none.
    """

    kind: Rehearsal
    of_run: str = ""


@dataclass(frozen=True)
class AnswerTaken:
    """A step was not sent: it left what it left in the run `of_run`, or placeholders when that is empty."""

    of_run: str = ""


@dataclass(frozen=True)
class Differed:
    """The replay does not do what the recorded run did here."""

    recorded: str
    now: str


@dataclass(frozen=True)
class RunPaused:
    """The run waits before this step, until somebody says how it goes on."""

    step_id: str


@dataclass(frozen=True)
class RunContinued:
    """A run that was paused goes on: `mode` says how far."""

    mode: Literal["continue", "step"]


@dataclass(frozen=True)
class RunFinished:
    """The run ended. When it failed, `error` is `{"code", "message", "hint"}`, with the step's `path`."""

    outcome: Outcome
    error: Mapping[str, Json] | None = None


Fact: TypeAlias = (
    RunStarted
    | StepStarted
    | RequestSent
    | ResponseReceived
    | StepRetrying
    | StepWaiting
    | StepFinished
    | LoopEntered
    | BranchTaken
    | VariableSet
    | ValuesTaken
    | RunRehearsed
    | AnswerTaken
    | Differed
    | RunPaused
    | RunContinued
    | RunFinished
)
FACTS: Mapping[str, type[Fact]] = {kind.__name__: kind for kind in get_args(Fact)}


@dataclass(frozen=True, slots=True)
class Event:
    """A fact, stamped once: `seq` counts from 0 without gaps, `at` is Unix time in seconds.

    `path` says where: `2/loop[3]/0` is the first step of the fourth round of the third step.
    """

    run_id: str
    seq: int
    at: float
    path: str
    fact: Fact

    def to_json(self) -> dict[str, Json]:
        """`{"type", "run_id", "seq", "at", "path", …the fact's own fields}`: one line of `--json`."""
        fact = self.fact
        return {
            "type": type(fact).__name__,
            "run_id": self.run_id,
            "seq": self.seq,
            "at": self.at,
            "path": self.path,
            **vars(fact),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, object]) -> "Event":
        """The event that `to_json` wrote. Raises KeyError or TypeError for anything else."""
        rest = dict(document)
        kind = FACTS[str(rest.pop("type"))]
        stamp = {name: rest.pop(name) for name in ("run_id", "seq", "at", "path")}
        return cls(**stamp, fact=kind(**rest))  # type: ignore[arg-type]
