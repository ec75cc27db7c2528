"""What the page asks of automations and of the types of their steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class Cost:
    """What a run costs in US dollars as far as it can be counted; `words` tells of the other loops too.

    `asks`: it posts in a loop, so `runs.start` wants to be told that it was confirmed.
    """

    least: float
    most: float
    words: str
    asks: bool


@dataclass(frozen=True)
class AutomationView:
    """The document as the file has it, and what a check says of it. `version` names this state of it.

    `cost` is None for what costs nothing, and for what cannot run.
    """

    document: Mapping[str, object]
    version: str
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    cost: Cost | None = None


@dataclass(frozen=True)
class AutomationImported:
    """`moved_keys` counts the steps whose keys stood in the file in plain text, and are in the vault now.

    `missing` are the credentials that the file refers to and that are not saved here. `notes` say what of the
    user's it would use.
    """

    id: str
    name: str
    moved_keys: int
    missing: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class AutomationCheck:
    """As in AutomationView."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    cost: Cost | None = None


@dataclass(frozen=True)
class AutomationId:
    id: str


@dataclass(frozen=True)
class AutomationDocument:
    document: Mapping[str, object]


@dataclass(frozen=True)
class AutomationSave:
    """`version` is the one that the document was made from; without it, whatever is there is replaced."""

    document: Mapping[str, object]
    version: str | None = None


@dataclass(frozen=True)
class AutomationCreate:
    name: str


@dataclass(frozen=True)
class AutomationText:
    """The text of an automation's file."""

    text: str


@dataclass(frozen=True)
class CurlText:
    """A command of curl. It may hold secrets: no answer and no message repeats it."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class CurlImported:
    """`credential` is the name of the one that was saved for the secrets; `notes` say what was not taken."""

    automation: AutomationView
    notes: tuple[str, ...]
    credential: str | None = None


@dataclass(frozen=True)
class StepOf:
    """One step of a saved automation."""

    id: str
    step_id: str


@dataclass(frozen=True)
class CurlCommand:
    """A step as a command, with names such as `$API_KEY` in place of secrets."""

    text: str
    notes: tuple[str, ...]


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


@dataclass(frozen=True)
class TemplateFilter:
    """A filter of `{{ value | name }}`: what it does, in a few words."""

    name: str
    about: str


@dataclass(frozen=True)
class TweetText:
    text: str


@dataclass(frozen=True)
class TweetLength:
    """X's count, with a placeholder for nothing; `limit` is what most accounts may post."""

    length: int
    limit: int
    has_placeholder: bool


@dataclass(frozen=True)
class StepToShow:
    """A step as the editor has it; `values` by name: first values of variables, what the last run left."""

    step: Mapping[str, object]
    values: Mapping[str, object]


@dataclass(frozen=True)
class RequestPreview:
    """The request, secrets as bullets, and placeholders where there is no value yet; or why there is none."""

    method: str
    url: str
    headers: Mapping[str, object]
    body: str
    message: str
    hint: str
