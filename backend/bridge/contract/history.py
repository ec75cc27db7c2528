"""What the page asks of runs, those that go on and those that are over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

RunKind: TypeAlias = Literal["real", "dry", "replay"]
RunOutcome: TypeAlias = Literal["succeeded", "failed", "cancelled", "interrupted", "running", "missed"]


@dataclass(frozen=True)
class RunStart:
    """First values of variables by name; credentials (id or name) by step id.

    `from_step` is the id of a step to begin at, with the values of the run `from_run`: one of the first
    level, or any with `is_only`, when no other step is run. `dry_run`: everything is resolved and nothing
    is sent. `breakpoints` are the ids of steps that the run waits before.
    `is_confirmed`: a person was told what it costs and that it posts in a loop, and agreed.
    """

    automation_id: str
    variables: Mapping[str, object] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict)
    from_step: str | None = None
    from_run: str | None = None
    is_confirmed: bool = False
    is_only: bool = False
    dry_run: bool = False
    breakpoints: tuple[str, ...] = ()


@dataclass(frozen=True)
class RunId:
    run_id: str


@dataclass(frozen=True)
class RunContinue:
    """For a run that is paused: on to the next breakpoint, or to the next step."""

    run_id: str
    mode: Literal["continue", "step"] = "continue"


@dataclass(frozen=True)
class RunResume:
    """`answers` say by the path of a step whether what it had begun was done."""

    run_id: str
    answers: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class RunDoubt:
    """A step that was at work when the run was interrupted: nobody knows whether it was done.

    `at` is Unix time in seconds. `must_ask`: the service cannot be asked, or `note` says why that did not
    help, so only a person can tell.
    """

    path: str
    step_id: str
    description: str
    at: float
    note: str
    must_ask: bool


@dataclass(frozen=True)
class ActiveRun:
    """Started at Unix time in seconds. `is_here`: in this program, not in another one of this user."""

    run_id: str
    automation_id: str
    name: str
    started_at: float
    is_here: bool


@dataclass(frozen=True)
class RunEventsOf:
    """Only events whose `seq` is above `after`."""

    run_id: str
    after: int = -1


@dataclass(frozen=True)
class HistoryFilter:
    """`since` and `before` are Unix times in seconds: runs that began then or later, and earlier.

    `text` is looked for in the name, the id and what went wrong. `limit` is 1 to 500.
    """

    automation_id: str | None = None
    outcome: RunOutcome | None = None
    since: float | None = None
    before: float | None = None
    text: str | None = None
    limit: int = 100


@dataclass(frozen=True)
class HistoryEntry:
    """Times are Unix time in seconds. `interrupted`: the program ended before the run did.

    `missed`: a schedule's time went by, and `error_message` says why. Nothing was run: there are no events.
    `kind`: a dry run and a replay sent nothing; nothing goes on from them.
    """

    run_id: str
    automation_id: str
    name: str
    started_at: float
    finished_at: float | None
    outcome: RunOutcome
    error_code: str | None
    error_message: str | None
    kind: RunKind = "real"


@dataclass(frozen=True)
class RunExport:
    """A file's name, and its text: the events as recorded, one JSON object a line, without secrets."""

    name: str
    text: str
