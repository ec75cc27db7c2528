"""Saves what was in a bundle: new ids, free names, references that follow. All of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from backend.adapters.bundle_content import Content, Document, Item
from backend.adapters.imports import SavedImport
from backend.adapters.private_keys import add_keys
from backend.credentials import naming
from backend.credentials.adding import New, free_name
from backend.credentials.records import Owner, Record
from backend.credentials.service import CredentialService
from backend.credentials.store import Edit, Raw, Store
from backend.credentials.type_book import TypeBook
from backend.store.automations import AutomationStore
from backend.store.document import steps_of
from backend.store.inline_secrets import extract, refer
from engine.errors import LoopiError
from engine.model import Json

CUSTOM = "custom"


def save_content(
    content: Content, store: Store, types: TypeBook, automations: AutomationStore
) -> SavedImport:
    """Raises as the stores; then nothing was saved. The credentials are one save, before the automations."""
    prepared = automations.prepare_all(content.automations)
    takings: list[_Taking] = []

    def edit(raws: list[Raw]) -> list[Raw]:
        takings[:] = [_Taking(_Staged(raws), types, content, prepared)]
        return takings[0].saved()

    store.change(edit)
    (taking,) = takings
    written: list[str] = []
    try:
        for document in taking.documents:
            automations.save(document, is_new=True)
            written.append(str(document["id"]))
    except LoopiError:
        for automation_id in written:
            automations.delete(automation_id)
        store.change(lambda raws: [raw for raw in raws if raw.get("id") not in taking.ids])
        raise
    return SavedImport(tuple(written), tuple(taking.listed), tuple(dict.fromkeys(taking.notes)))


@dataclass(slots=True)
class _Staged:
    """A store whose changes wait for one save."""

    credentials: list[Raw] = field(repr=False)

    def read(self) -> "_Staged":
        return self

    def change(self, edit: Edit) -> None:
        self.credentials = edit(self.credentials)


@dataclass(slots=True)
class _Taking:
    """One try. `ids` are those of the credentials made, `renamed` what steps call them and get instead."""

    staged: _Staged
    types: TypeBook
    content: Content
    prepared: Sequence[Document]
    service: CredentialService = field(init=False)
    taken: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    listed: list[tuple[str, str]] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.taken = set(naming.taken(self.staged.credentials))
        self.service = CredentialService(
            self.staged, self.types, clock=lambda: datetime.now(UTC), new_id=lambda: uuid4().hex
        )

    def saved(self) -> list[Raw]:
        """The records as they are to be from now on."""
        new_ids = self._new_ids()
        self._add_all([found for item in self.content.items if (found := self._new(item, new_ids))])
        for document in self.prepared:
            self._add_document(document, new_ids)
        return self.staged.credentials

    def _new_ids(self) -> dict[str, str]:
        """The new id of each automation, by its old one and by its name."""
        pairs = list(zip(self.content.automations, self.prepared, strict=True))
        by_name = {str(old["name"]): str(new["id"]) for old, new in pairs}
        return by_name | {str(old["id"]): str(new["id"]) for old, new in pairs}

    def _new(self, item: Item, new_ids: Mapping[str, str]) -> tuple[Record, New] | None:
        """The record, and what it is to be here; None when it has to be left out."""
        old, owner = item.record, None
        if old.owner is not None:
            if old.owner.automation_id not in new_ids:
                self.notes.append(f"“{old.name}” belongs to an automation that is not in the file: left out.")
                return None
            owner = Owner(new_ids[old.owner.automation_id], old.owner.step_id)
        name = old.name if owner else free_name(old.name, self.taken)
        new = self._accepted(replace(old, owner=owner, name=name), item.hosts)
        if new is not None and owner is None:
            self.taken.add(naming.fold(name))
        return None if new is None else (old, new)

    def _accepted(self, record: Record, hosts: tuple[str, ...]) -> New | None:
        is_known = self.types.find(record.type) is not None
        if not is_known and not hosts:
            self.notes.append(
                f"“{record.name}” was left out: its type {record.type[:80]} is not known here, so nobody can "
                "say where it may go. Install the type's file and import again."
            )
            return None
        new = New(
            record.type, record.name, record.fields, record.allowed_hosts, record.owner, record.open_fields
        )
        if is_known and not self.service.problems(new):
            return new
        self.notes.append(
            f"“{record.name}” became Custom: its type {record.type[:80]} does not take it here."
        )
        return replace(new, type=CUSTOM, allowed_hosts=hosts)

    def _add_all(self, found: Sequence[tuple[Record, New]]) -> None:
        """In one change: each by itself would compare itself with all the others."""
        saved = self.service.add_all([new for _, new in found]) if found else ()
        for (old, new), one in zip(found, saved, strict=True):
            credential_id = str(one.entry["id"])
            self.ids.add(credential_id)
            self.renamed[old.id] = credential_id
            if new.owner is None:
                self.listed.append((credential_id, new.name))
                self.renamed.setdefault(naming.clean(old.name), credential_id)

    def _add_document(self, document: Document, new_ids: Mapping[str, str]) -> None:
        without, keys = extract(document)
        # Somebody put a file into the folder at home that had its keys in plain text.
        moved = add_keys(self.service, str(document["id"]), keys)
        self.ids.update(moved.values())
        for step in steps_of(without):
            self._follow(step, new_ids, str(document["name"]))
        self.documents.append(refer(without, moved))

    def _follow(self, step: dict[str, Json], new_ids: Mapping[str, str], automation: str) -> None:
        called, reference = step.get("automation"), step.get("credentialId")
        if step.get("type") == "runAutomation" and isinstance(called, str):
            step["automation"] = new_ids.get(called, called)
            if called not in new_ids:
                self.notes.append(
                    f"“{automation}” runs the automation “{called[:80]}”, which is not in the file: look "
                    "whether yours of that name is meant. It would see what that leaves."
                )
        if isinstance(reference, str) and reference:
            known = self.renamed.get(reference) or self.renamed.get(naming.clean(reference))
            step["credentialId"] = known or reference
            if not known:
                self.notes.append(
                    f"“{automation}” names the credential “{reference[:80]}”, which is not in the file: look "
                    "whether yours of that name is meant."
                )
