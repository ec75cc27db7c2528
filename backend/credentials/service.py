"""What may be done with credentials. The store is a port; what others could race is checked in its lock."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from backend.credentials import check, errors, naming
from backend.credentials.adding import New, appended, drafted, refuse
from backend.credentials.changes import Change
from backend.credentials.draft import Draft, Notice, Revision, revise
from backend.credentials.errors import CredentialError
from backend.credentials.listing import Entry, entry
from backend.credentials.records import Owner, Record, read_record, timestamp, write_record
from backend.credentials.store import Edit, Raw, Store
from backend.credentials.type_book import TypeBook
from engine.secrets import Secret

TRASH_DAYS = 30


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, as it is listed, and what is worth knowing about it."""

    entry: Entry
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is listed. `problems` are records that cannot be read, and types that were left out."""

    entries: tuple[Entry, ...]
    trash: tuple[Entry, ...]
    problems: tuple[CredentialError, ...]


class CredentialService:
    """Adds, edits, deletes, lists and finds credentials.

    `clock` gives the present time with its zone, `new_id` an id nobody has (`uuid4().hex`). Every method may
    raise CredentialError, and what the store raises. Only `get` and `find` hand out secrets, wrapped.
    """

    def __init__(
        self, store: Store, types: TypeBook, *, clock: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self._store = store
        self._types = types
        self._clock = clock
        self._new_id = new_id

    def add(
        self,
        type_id: str,
        name: str,
        fields: Mapping[str, Secret | str],
        *,
        allowed_hosts: Collection[str] = (),
        owner: Owner | None = None,
        open_fields: Collection[str] = (),
    ) -> Saved:
        """Save a new credential. In types with fields of one's own, all are secret but `open_fields`."""
        return self.add_all([New(type_id, name, fields, allowed_hosts, owner, open_fields)])[0]

    def add_all(self, each: Sequence[New]) -> tuple[Saved, ...]:
        """Save new credentials, all or none, in one change of the store."""
        drafts = [self._drafted(new) for new in each]
        self._change(lambda raws: appended(drafts, raws))
        return tuple(
            Saved(entry(draft.record, self._types.find(draft.record.type)), draft.notices())
            for draft in drafts
        )

    def problems(self, new: New) -> Mapping[str, str]:
        """What is wrong with the fields, the name or the hosts of a new one, before it is saved."""
        return self._drafted(new).problems

    def edit(
        self,
        credential_id: str,
        version: int | None,
        *,
        name: str | None = None,
        changes: Mapping[str, Change] | None = None,
        allowed_hosts: Collection[str] | None = None,
        open_fields: Collection[str] | None = None,
    ) -> Saved:
        """Change what is given. `version` is the one the edit was made from; None takes whatever is there."""
        revision = Revision(name, changes or {}, allowed_hosts, open_fields)
        check.load()

        def change(record: Record, raws: Sequence[Raw]) -> Draft:
            draft = revise(record, self._types.get(record.type), revision)
            _refuse(draft, raws)
            return draft

        return self._update(credential_id, version, change)

    def rename(self, credential_id: str, name: str, *, version: int | None = None) -> Saved:
        """Edit nothing but the name."""
        return self.edit(credential_id, version, name=name)

    def delete(self, credential_id: str, *, version: int | None = None) -> Saved:
        """Put it into the trash, where it stays for 30 days."""
        now = timestamp(self._clock())
        return self._update(
            credential_id, version, lambda record, _: Draft(replace(record, deleted_at=now), {})
        )

    def restore(self, credential_id: str, *, name: str | None = None) -> Saved:
        """Take it out of the trash, under another name if its own is taken by now."""

        def change(record: Record, raws: Sequence[Raw]) -> Draft:
            new_name = record.name if name is None else naming.clean(name)
            problem = naming.name_problem(new_name) if name is not None else None
            draft = Draft(
                replace(record, name=new_name, deleted_at=None), {"name": problem} if problem else {}
            )
            _refuse(draft, raws)
            return draft

        return self._update(credential_id, None, change, is_deleted=True)

    def purge(self) -> tuple[str, ...]:
        """Remove for good what has been in the trash for 30 days; the ids of what is gone."""
        oldest = self._clock() - timedelta(days=TRASH_DAYS)
        spent = tuple(str(raw.get("id")) for raw in self._store.read().credentials if _is_spent(raw, oldest))
        if spent:
            self._change(lambda raws: raws)
        return spent

    def list(self) -> tuple[Entry, ...]:
        """What is in use, in the order of names. Private credentials and the trash are left out."""
        return self.overview().entries

    def overview(self) -> Overview:
        """All that is listed, in the order of names. Private credentials are left out."""
        records: list[Record] = []
        problems: list[CredentialError] = []
        for place, raw in enumerate(self._store.read().credentials):
            try:
                records.append(self._record(raw, place))
            except CredentialError as problem:
                problems.append(problem)
        listed = sorted((r for r in records if r.owner is None), key=lambda r: (naming.fold(r.name), r.id))
        shown = [(record, entry(record, self._types.find(record.type))) for record in listed]
        return Overview(
            entries=tuple(item for record, item in shown if record.deleted_at is None),
            trash=tuple(item for record, item in shown if record.deleted_at is not None),
            problems=(*problems, *self._types.problems),
        )

    def get(self, reference: str) -> Record:
        """The credential with this id, or else with exactly this name. Its secrets are wrapped."""
        found = self.find(reference)
        if found is None:
            raise errors.not_found(reference)
        return found

    def find(self, reference: str) -> Record | None:
        """As `get`, or None when there is none."""
        raws = self._store.read().credentials
        place = naming.locate(raws, reference)
        return None if place is None else self._record(raws[place], place)

    def owned(self, automation_id: str) -> tuple[Record, ...]:
        """The private credentials of an automation's steps, those in the trash too."""
        raws = enumerate(self._store.read().credentials)
        mine = [(place, raw) for place, raw in raws if _owner_of(raw) == automation_id]
        return tuple(self._record(raw, place) for place, raw in mine)

    def hosts(self, record: Record) -> tuple[str, ...]:
        """Where the credential may go: its own allowed hosts, else those of its type."""
        kind = self._types.find(record.type)
        return record.allowed_hosts or (kind.hosts_for(record.fields) if kind else ())

    def _drafted(self, new: New) -> Draft:
        now = timestamp(self._clock())
        return drafted(new, self._types.get(new.type), new_id=self._new_id(), now=now)

    def _record(self, raw: Mapping[str, object], place: int) -> Record:
        type_id = raw.get("type")
        kind = self._types.find(type_id) if isinstance(type_id, str) else None
        return read_record(raw, kind, place=place)

    def _change(self, edit: Edit) -> None:
        """One change under the store's lock; what has been in the trash for too long goes with it."""
        oldest = self._clock() - timedelta(days=TRASH_DAYS)
        self._store.change(lambda raws: edit([raw for raw in raws if not _is_spent(raw, oldest)]))

    def _update(
        self,
        credential_id: str,
        version: int | None,
        change: Callable[[Record, Sequence[Raw]], Draft],
        *,
        is_deleted: bool = False,
    ) -> Saved:
        saved: list[Draft] = []

        def edit(raws: list[Raw]) -> list[Raw]:
            place = _place(raws, credential_id, is_deleted=is_deleted)
            record = self._record(raws[place], place)
            if version is not None and version != record.version:
                raise errors.changed_elsewhere(record.name)
            draft = change(record, raws)
            now = timestamp(self._clock())
            draft = replace(draft, record=replace(draft.record, version=record.version + 1, updated_at=now))
            saved[:] = [draft]
            return [*raws[:place], write_record(draft.record), *raws[place + 1 :]]

        self._change(edit)
        return Saved(entry(saved[0].record, self._types.find(saved[0].record.type)), saved[0].notices())


def _place(raws: Sequence[Raw], credential_id: str, *, is_deleted: bool) -> int:
    for place, raw in enumerate(raws):
        if raw.get("id") == credential_id and (raw.get("deletedAt") is not None) == is_deleted:
            return place
    raise (errors.not_in_trash if is_deleted else errors.not_found)(credential_id)


def _refuse(draft: Draft, raws: Sequence[Raw]) -> None:
    record = draft.record
    is_listed = record.owner is None
    refuse(draft, is_taken=is_listed and naming.is_taken(raws, record.name, except_id=record.id))


def _owner_of(raw: Mapping[str, object]) -> object:
    owner = raw.get("owner")
    return owner.get("automationId") if isinstance(owner, Mapping) else None


def _is_spent(raw: Mapping[str, object], oldest: datetime) -> bool:
    """Whether it was deleted before `oldest`. What cannot be read as a time stays."""
    deleted_at = raw.get("deletedAt")
    try:
        moment = datetime.fromisoformat(deleted_at) if isinstance(deleted_at, str) else oldest
    except ValueError:
        return False
    return moment.replace(tzinfo=moment.tzinfo or UTC) < oldest
