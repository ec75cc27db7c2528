"""What an importer gives: automations, the credentials they need, and what it did not take over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.errors import LoopiError
from engine.model import Json
from engine.secrets import Secret


class ImportFailed(LoopiError):
    """The text is not what it was said to be. Codes begin with `import.`; no message repeats the text."""


@dataclass(frozen=True, slots=True)
class NewCredential:
    """A credential to be made. Steps refer to it by `reference`, or else by `name`, until it has an id.

    Without `fields`, the text named a secret and did not hold it: nothing is made, and the user is told.
    """

    name: str
    type: str
    fields: Mapping[str, Secret] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """When an imported automation ran by itself: `interval` (minutes), `cron` (expression), `once` (time)."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Imported:
    """`automations` are documents without ids and secrets. `notes` say what was not taken, and why.

    `schedules` are those of the first automation.
    """

    automations: tuple[Mapping[str, Json], ...]
    credentials: tuple[NewCredential, ...] = ()
    notes: tuple[str, ...] = ()
    schedules: tuple[NewSchedule, ...] = ()


def unique(notes: Iterable[str]) -> tuple[str, ...]:
    """Each note once, in their order."""
    return tuple(dict.fromkeys(notes))
