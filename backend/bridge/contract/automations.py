"""What the page asks of automations and of the types of their steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

StepGroup: TypeAlias = Literal["services", "data", "flow"]


@dataclass(frozen=True)
class Problem:
    """What is wrong, or worth a warning: `path` is like `steps[2].then[0].url`."""

    path: str
    message: str


@dataclass(frozen=True)
class AutomationEntry:
    """One line of the list. `steps` counts nested ones; `problem` says why the file cannot be read."""

    id: str
    name: str
    description: str
    steps: int
    updated_at: str
    missing_credentials: int
    problem: str | None = None


@dataclass(frozen=True)
class AutomationView:
    """The document as the file has it, and what a check says of it."""

    document: Mapping[str, object]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class AutomationCheck:
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class AutomationId:
    id: str


@dataclass(frozen=True)
class AutomationDocument:
    document: Mapping[str, object]


@dataclass(frozen=True)
class AutomationCreate:
    name: str


@dataclass(frozen=True)
class AutomationText:
    """The text of an automation's file."""

    text: str


@dataclass(frozen=True)
class NeededCredential:
    """A credential that the file refers to and does not hold."""

    name: str
    type: str


@dataclass(frozen=True)
class AutomationExport:
    """The file's text, without secrets."""

    text: str
    file_name: str
    needs: tuple[NeededCredential, ...]


@dataclass(frozen=True)
class Example:
    """An automation that comes with the program; `title` is what it is called there."""

    name: str
    title: str
    description: str


@dataclass(frozen=True)
class ExampleName:
    name: str


@dataclass(frozen=True)
class StepType:
    """`blocks` are the fields that hold steps. `request_fields` make the request and may hold credentials.

    `credential_types` are those that fit: empty when the step takes none, `["*"]` for any.
    """

    type: str
    group: StepGroup
    title: str
    description: str
    icon: str
    schema: Mapping[str, object]
    blocks: tuple[str, ...]
    request_fields: tuple[str, ...]
    credential_types: tuple[str, ...]
