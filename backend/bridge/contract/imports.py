"""What the page asks of imports: texts of other programs in, and a report without a secret out."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ImportSource:
    """A program, and what of it is read."""

    id: str
    title: str
    what: str


@dataclass(frozen=True)
class ImportTexts:
    """What its files hold. `password` is the key of the Electron app, if not its usual one."""

    source: str
    texts: tuple[str, ...] = field(repr=False)
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ImportedItem:
    id: str
    name: str


@dataclass(frozen=True)
class ImportReport:
    """What was saved, and in `notes` what was not taken, and why."""

    automations: tuple[ImportedItem, ...]
    credentials: tuple[ImportedItem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class CurlStep:
    """A command as a step. `credential` is the name of the one that was saved for its secrets."""

    step: Mapping[str, object]
    notes: tuple[str, ...]
    credential: str | None = None
