"""New credentials on their way into the store: one that was typed in, or hundreds from an import. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from backend.credentials import errors, naming
from backend.credentials.changes import Change, Set
from backend.credentials.draft import Draft, Revision, revise
from backend.credentials.records import Owner, Record, write_record
from backend.credentials.store import Raw
from backend.credentials.types import CredentialType
from engine.secrets import Secret

MAX_CREDENTIALS = 10_000


@dataclass(frozen=True, slots=True)
class New:
    """A credential to be saved. In types with fields of one's own, all are secret but `open_fields`."""

    type: str
    name: str
    fields: Mapping[str, Secret | str] = field(repr=False)
    allowed_hosts: Collection[str] = ()
    owner: Owner | None = None
    open_fields: Collection[str] = ()


def drafted(new: New, kind: CredentialType, *, new_id: str, now: str) -> Draft:
    """The record that it becomes, and all that is wrong with it by itself."""
    blank = Record(new_id, "", new.type, {}, now, now, owner=new.owner)
    sets: dict[str, Change] = {
        key: Set(value if isinstance(value, Secret) else Secret(value)) for key, value in new.fields.items()
    }
    return revise(blank, kind, Revision(new.name, sets, new.allowed_hosts, new.open_fields), is_new=True)


def appended(drafts: Iterable[Draft], raws: Sequence[Raw]) -> list[Raw]:
    """All records with the new ones behind. Raises CredentialError for the first that cannot be saved."""
    found, taken = list(raws), naming.taken(raws)
    for draft in drafts:
        name = naming.fold(draft.record.name)
        is_listed = draft.record.owner is None
        refuse(draft, is_taken=is_listed and name in taken)
        if len(found) >= MAX_CREDENTIALS:
            raise errors.too_many(MAX_CREDENTIALS)
        found.append(write_record(draft.record))
        if is_listed:
            taken.add(name)
    return found


def free_name(wanted: str, taken: Collection[str]) -> str:
    """The name, or “name 2”, “name 3” … behind the last of them that is among these, which are folded."""

    def is_taken(name: str) -> bool:
        return naming.fold(name) in taken

    if not is_taken(wanted):
        return wanted
    # Halving, since an import may bring ten thousand of one name.
    last, free = 1, 2
    while is_taken(f"{wanted} {free}"):
        last, free = free, free * 2
    while free - last > 1:
        middle = (last + free) // 2
        last, free = (middle, free) if is_taken(f"{wanted} {middle}") else (last, middle)
    return f"{wanted} {free}"


def refuse(draft: Draft, *, is_taken: bool) -> None:
    """Raises CredentialError for what is wrong with it, or when another one has its name."""
    if is_taken and not draft.problems:
        raise errors.name_taken(draft.record.name)
    if draft.problems:
        taken = {"name": "Another credential has this name."} if is_taken else {}
        raise errors.invalid({**taken, **draft.problems})
