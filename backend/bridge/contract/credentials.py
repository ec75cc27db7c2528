"""What the page asks of credentials. Secrets go in; what comes out says only whether a field is set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

FieldKind: TypeAlias = Literal["string", "number", "integer", "boolean"]


@dataclass(frozen=True)
class SetupStep:
    """What the user does at the provider to get the keys."""

    title: str
    text: str
    url: str | None = None


@dataclass(frozen=True)
class TypeField:
    """One field of a type; `choices` is empty when any value goes."""

    key: str
    title: str
    description: str
    is_secret: bool
    is_required: bool
    kind: FieldKind
    choices: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class CredentialType:
    """`schema` is the JSON Schema of its values; `has_own_fields`: fields of the user's own naming too."""

    id: str
    title: str
    description: str
    icon: str
    is_builtin: bool
    schema: Mapping[str, object]
    setup: tuple[SetupStep, ...]
    fields: tuple[TypeField, ...]
    has_own_fields: bool


@dataclass(frozen=True)
class FieldState:
    """`value` is there for a field that is set and not secret."""

    set: bool
    secret: bool
    value: str | None = None


@dataclass(frozen=True)
class Standing:
    """Whether it works, as far as is known: `message` says why it does not, `hint` what to do."""

    status: Literal["ready", "untested", "attention", "expired", "unused"]
    message: str
    hint: str


@dataclass(frozen=True)
class Entry:
    """A credential as it is shown. `hosts` are where it may go: its own, else those of its type.

    Times are ISO 8601 in UTC. `used_by` counts steps.
    """

    id: str
    name: str
    type: str
    created_at: str
    updated_at: str
    version: int
    allowed_hosts: tuple[str, ...]
    hosts: tuple[str, ...]
    fields: Mapping[str, FieldState]
    used_by: int
    standing: Standing
    last_used_at: str | None = None
    deleted_at: str | None = None


@dataclass(frozen=True)
class CredentialProblem:
    """An entry of the vault, or a type of the user's own, that cannot be used."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True)
class CredentialList:
    entries: tuple[Entry, ...]
    trash: tuple[Entry, ...]
    problems: tuple[CredentialProblem, ...]


@dataclass(frozen=True)
class CredentialId:
    id: str


@dataclass(frozen=True)
class Owner:
    """The step that a private credential belongs to."""

    automation_id: str
    step_id: str


@dataclass(frozen=True)
class CredentialCreate:
    """`open_fields` names the fields to be shown, in types with fields of one's own.

    With an `owner` it is private: not listed, and deleted with the steps of its automation that name it.
    """

    type: str
    name: str
    fields: Mapping[str, str] = field(repr=False)
    open_fields: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    owner: Owner | None = None


@dataclass(frozen=True)
class FieldChange:
    """`value` belongs to `set`."""

    op: Literal["keep", "set", "clear"]
    value: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class CredentialUpdate:
    """`version` is the one the edit was made from. What is left out stays as it is."""

    id: str
    version: int
    name: str | None = None
    changes: Mapping[str, FieldChange] = field(default_factory=dict, repr=False)
    allowed_hosts: tuple[str, ...] | None = None
    open_fields: tuple[str, ...] | None = None


@dataclass(frozen=True)
class CredentialNotice:
    """Something to know about a field that was saved all the same."""

    code: str
    field: str
    message: str


@dataclass(frozen=True)
class CredentialSaved:
    entry: Entry
    notices: tuple[CredentialNotice, ...]


@dataclass(frozen=True)
class CredentialDelete:
    id: str
    version: int


@dataclass(frozen=True)
class CredentialRestore:
    id: str
    name: str | None = None


@dataclass(frozen=True)
class CredentialTested:
    """What a request with it came to. `unclear`: the answer says nothing of it; `untestable`: none sent."""

    outcome: Literal["works", "refused", "expired", "unclear", "untestable"]
    message: str
    hint: str
    entry: Entry


@dataclass(frozen=True)
class UsedByStep:
    """`path` leads to the step: `steps[1].then[0]`. `step_description` may be empty."""

    automation_id: str
    automation_name: str
    step_id: str
    step_description: str
    path: str


@dataclass(frozen=True)
class UsedByRun:
    """A run that goes on now and uses it."""

    run_id: str
    name: str


@dataclass(frozen=True)
class CredentialUsage:
    steps: tuple[UsedByStep, ...]
    runs: tuple[UsedByRun, ...]
