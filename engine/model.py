"""An automation as frozen data: what the parser makes of a file, and what the interpreter runs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.secrets import Secret

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
OnError: TypeAlias = Literal["stop", "continue"]
# Every field in which a step holds steps. A request's body is not walked: it may look like anything.
BLOCKS = ("then", "elseIf", "else", "steps", "onError", "finally")
# What the path of an event has in it inside a called automation: `2/run/0`.
CALLED = "/run/"
# The fields in which an X step of a file from elsewhere may carry its keys in plain text.
INLINE_SECRETS = ("apiKey", "apiSecret", "accessToken", "accessSecret")


@dataclass(frozen=True, slots=True)
class Retry:
    """How often and how patiently a failed step is tried: `attempts` counts the first try too.

    The n-th wait is `delay_s * backoff ** (n - 1)`, a day at most. `even_if_sent` repeats a request that may
    have been carried out. `max_wait_s` is the longest wait for a limit of the service, or None.
    """

    attempts: int = 1
    delay_s: float = 1.0
    backoff: float = 2.0
    even_if_sent: bool = False
    max_wait_s: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `params` are the fields of its type, templates unresolved; `blocks` its nested steps.

    `inline` holds secrets that a file from elsewhere carries in plain text: they never reach `params`.
    """

    id: str
    type: str
    params: Mapping[str, Json] = field(default_factory=dict)
    blocks: Mapping[str, tuple["Step", ...]] = field(default_factory=dict)
    description: str = ""
    credential: str | None = None
    store_key: str | None = None
    on_error: OnError = "stop"
    retry: Retry = Retry()
    is_disabled: bool = False
    inline: Mapping[str, Secret] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Automation:
    """A parsed automation. `content_hash` is the SHA-256 (hex) of its canonical JSON: a run pins it.

    `called` holds what it runs, and what that runs, by the reference that a step has: see `engine.linking`.
    """

    id: str
    name: str
    steps: tuple[Step, ...]
    variables: Mapping[str, Json] = field(default_factory=dict)
    description: str = ""
    content_hash: str = ""
    called: Mapping[str, "Automation"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Program:
    """Whose steps run: `owner` is the id of the automation that was called, empty for the run's own."""

    called: Mapping[str, Automation] = field(default_factory=dict)
    owner: str = ""
    depth: int = 0


def located(steps: Sequence[Step], *, only_enabled: bool = False) -> Iterator[tuple[str, Step]]:
    """Every step in reading order, nested ones included, with its place: `steps[2].then[0]`."""
    waiting = _placed(steps, "steps")
    while waiting:
        path, step = waiting.pop()
        if only_enabled and step.is_disabled:
            continue
        yield path, step
        for name, block in list(step.blocks.items())[::-1]:
            waiting.extend(_placed(block, f"{path}.{name}"))


def _placed(steps: Sequence[Step], path: str) -> list[tuple[str, Step]]:
    return [(f"{path}[{index}]", step) for index, step in enumerate(steps)][::-1]


def walk(steps: Sequence[Step]) -> list[Step]:
    """Every step in reading order, nested ones included."""
    return [step for _path, step in located(steps)]
