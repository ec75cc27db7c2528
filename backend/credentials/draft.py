"""Makes the new state of one credential, and says all that is wrong with it. Saves nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from backend.credentials import check, naming
from backend.credentials.changes import Change, Clear, Keep, Set, apply
from backend.credentials.hosts import HostSyntaxError, normalise_all
from backend.credentials.records import Record, is_hidden, plain
from backend.credentials.types import CredentialType
from engine.secrets import Secret

MAX_HOSTS = 100
SHORT_SECRET = 6


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about a field that was saved all the same."""

    code: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What an edit asks for; None leaves a thing as it is.

    `open_fields` names the fields to be shown, in types with fields of one's own.
    """

    name: str | None = None
    changes: Mapping[str, Change] = field(default_factory=dict)
    allowed_hosts: Collection[str] | None = None
    open_fields: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The record as it would be saved; `problems` by field key, with `name` and `allowedHosts` among them."""

    record: Record
    problems: Mapping[str, str]

    def notices(self) -> tuple[Notice, ...]:
        """Short secrets cannot be told from ordinary text in a log; spaces at an end are rarely meant."""
        found: list[Notice] = []
        for key, value in self.record.fields.items():
            text = plain(value)
            if isinstance(value, Secret) and len(text) < SHORT_SECRET:
                message = f"This secret has fewer than {SHORT_SECRET} characters: logs can hide it less well."
                found.append(Notice("credential.short_secret", key, message))
            if text != text.strip():
                message = "There are spaces or line breaks around this value. They were kept."
                found.append(Notice("credential.outer_space", key, message))
        return tuple(found)


def revise(record: Record, kind: CredentialType, revision: Revision, *, is_new: bool = False) -> Draft:
    """The record after the revision. Values are checked when one was changed: an old one can be renamed."""
    problems: dict[str, str] = {}
    name = record.name if revision.name is None else naming.clean(revision.name)
    _note(problems, "name", naming.name_problem(name) if revision.name is not None else None)
    hosts = record.allowed_hosts
    if revision.allowed_hosts is not None:
        hosts = _hosts(revision.allowed_hosts, problems)
    open_fields = _open_fields(record, kind, revision, problems)
    changed = {key: change for key, change in revision.changes.items() if not isinstance(change, Keep)}
    values = {key: value for key, value in apply(record.fields, changed).items() if plain(value)}
    fields = {key: _wrap(key, plain(value), kind, open_fields) for key, value in values.items()}
    if changed or is_new:
        texts = {key: plain(value) for key, value in fields.items()}
        problems |= _unknown(record, kind, changed)
        for key, message in check.field_problems(kind, texts, open_fields=open_fields).items():
            _note(problems, key, message)
    return Draft(replace(record, name=name, fields=fields, allowed_hosts=hosts), problems)


def _wrap(key: str, text: str, kind: CredentialType, open_fields: frozenset[str]) -> Secret | str:
    hidden = () if key in open_fields else (key,)
    return Secret(text) if is_hidden(key, kind, hidden) else text


def _open_fields(
    record: Record, kind: CredentialType, revision: Revision, problems: dict[str, str]
) -> frozenset[str]:
    """The fields that may be shown. One that was secret is opened only together with a new value.

    Otherwise whoever may edit could read every secret by declaring it open.
    """
    declared = frozenset(field.key for field in kind.fields if not field.is_secret)
    kept = record.open_fields | (declared - record.fields.keys())
    wanted = kept if revision.open_fields is None else frozenset(revision.open_fields) | (kept & declared)
    for key in wanted - kept:
        if kind.field(key) is not None or kind.list_key is None:
            _note(problems, key, f"{kind.title} decides itself which of its fields are secret.")
        elif key in record.fields and not isinstance(revision.changes.get(key), Set):
            _note(problems, key, "Enter the value again, if it is to be shown from now on.")
    return wanted


def _unknown(record: Record, kind: CredentialType, changed: Mapping[str, Change]) -> dict[str, str]:
    """Clearing what is not there is a slip of the caller's, worth a word."""
    absent = [
        key
        for key, change in changed.items()
        if isinstance(change, Clear) and key not in record.fields and kind.field(key) is None
    ]
    return dict.fromkeys(absent, "There is no field of this name.")


def _hosts(entries: Collection[str], problems: dict[str, str]) -> tuple[str, ...]:
    if len(entries) > MAX_HOSTS:
        problems["allowedHosts"] = f"Name {MAX_HOSTS} hosts at most."
        return ()
    try:
        return normalise_all(entries)
    except HostSyntaxError as wrong:
        _note(problems, "allowedHosts", str(wrong))
        return ()


def _note(problems: dict[str, str], key: str, message: str | None) -> None:
    if message and message not in problems.get(key, ""):
        problems[key] = f"{problems[key]} {message}" if key in problems else message
