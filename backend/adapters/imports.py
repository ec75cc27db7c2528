"""Saves what importers give: secrets into the vault, automations with references, schedules that are off."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from backend.adapters.borrowing import borrowed
from backend.adapters.private_keys import save_without_keys
from backend.credentials import errors, naming
from backend.credentials.adding import MAX_CREDENTIALS, New, free_name
from backend.credentials.service import CredentialService
from backend.importers.imported import Imported, NewCredential, NewSchedule
from backend.schedule import trigger as triggers
from backend.schedule.errors import ScheduleError
from backend.schedule.schedule import Options, Schedule
from backend.schedule.store import ScheduleStore
from backend.schedule.trigger import Trigger
from backend.schedule.words import when
from backend.store.automations import AutomationStore
from backend.store.document import mutable, steps_of
from engine.errors import LoopiError
from engine.model import Json

AddSchedule = Callable[[str, NewSchedule], str]
"""Makes a schedule of the automation with this id, which is off; returns what to tell of it."""


@dataclass(frozen=True, slots=True)
class SavedImport:
    """Ids of the automations, id and name of each credential, and what was not taken over."""

    automations: tuple[str, ...]
    credentials: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedSteps:
    """Steps for an automation that is there, and the rest as in `SavedImport`."""

    steps: tuple[Mapping[str, Json], ...]
    credentials: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def save_imported(
    automations: AutomationStore,
    credentials: CredentialService,
    *found: Imported,
    schedule: AddSchedule | None = None,
) -> SavedImport:
    """Save all of it or nothing. Raises StoreError, CredentialError, and as the vault."""
    saving = _Saving(automations, credentials)
    try:
        saving.add_credentials([each for one in found for each in one.credentials if each.fields])
        for one in found:
            saving.add_automations(one)
    except LoopiError:
        saving.undo()
        raise
    told = [schedule(*each) for each in saving.scheduled] if schedule else []
    return SavedImport(tuple(saving.saved), tuple(saving.made), tuple(dict.fromkeys([*saving.notes, *told])))


def save_steps(automations: AutomationStore, credentials: CredentialService, found: Imported) -> SavedSteps:
    """Save the credentials alone: the steps go where the caller puts them. Raises as `save_imported`."""
    saving = _Saving(automations, credentials)
    saving.add_credentials([each for each in found.credentials if each.fields])
    steps = [step for document in found.automations for step in _first(saving.referring(document))]
    return SavedSteps(tuple(steps), tuple(saving.made), (*found.notes, *saving.notes))


@dataclass(slots=True)
class _Saving:
    """What is there so far: `made` are ids and names of credentials, `ids` those by what steps call them."""

    automations: AutomationStore
    credentials: CredentialService
    made: list[tuple[str, str]] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    saved: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    scheduled: list[tuple[str, NewSchedule]] = field(default_factory=list)

    def add_credentials(self, each: Sequence[NewCredential]) -> None:
        """In one change of the vault: a hundred lines of a .env file are not a hundred times encrypted."""
        if len(each) > MAX_CREDENTIALS:
            raise errors.too_many(MAX_CREDENTIALS)
        taken = {naming.fold(str(entry["name"])) for entry in self.credentials.list()}
        named: list[New] = []
        for new in each:
            name = free_name(new.name, taken)
            taken.add(naming.fold(name))
            named.append(self._accepted(new, New(new.type, name, new.fields, new.hosts)))
        saved = self.credentials.add_all(named) if named else ()
        for new, one in zip(each, saved, strict=True):
            self.made.append((str(one.entry["id"]), str(one.entry["name"])))
            self.ids[new.reference or new.name] = str(one.entry["id"])

    def _accepted(self, found: NewCredential, new: New) -> New:
        """As it is, or one of many with a value that its type does not take: kept, rather than lost."""
        problems = self.credentials.problems(new) if found.reference else {}
        if not problems:
            return new
        self.notes.append(f"The credential “{new.name}” became Custom: {' '.join(problems.values())}")
        return replace(new, type="custom")

    def add_automations(self, one: Imported) -> None:
        self.notes.extend(one.notes)
        for number, document in enumerate(one.automations):
            prepared = self.automations.prepare(self.referring(document))
            own = frozenset(self.ids.values())
            self.notes += borrowed(prepared, self.automations, self.credentials, own=own)
            save_without_keys(self.automations, self.credentials, prepared)
            self.saved.append(str(prepared["id"]))
            self.scheduled += [(self.saved[-1], each) for each in one.schedules if number == 0]

    def referring(self, document: Mapping[str, Json]) -> dict[str, Json]:
        """The document with the ids of what was made, in place of what its steps called it."""
        changed = mutable(document)
        for step in steps_of(changed):
            reference = step.get("credentialId")
            if isinstance(reference, str) and reference in self.ids:
                step["credentialId"] = self.ids[reference]
        return changed

    def undo(self) -> None:
        for automation_id in self.saved:
            self.automations.delete(automation_id)
        for credential_id, _ in self.made:
            self.credentials.delete(credential_id)


def _first(document: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    """The steps of the first level."""
    found = document.get("steps")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list | tuple) else []


def off_schedules(store: ScheduleStore, now: datetime, zone: str) -> AddSchedule:
    """Makes schedules that are switched off: nobody is surprised by a post. `zone` is an IANA name."""

    def add(automation_id: str, new: NewSchedule) -> str:
        try:
            trigger = _trigger(new, now, zone)
        except (ScheduleError, ValueError, OverflowError) as error:
            return f"It ran by itself ({new.kind}: {new.value[:80]}), which was not taken over: {error}"
        schedule = Schedule(uuid4().hex[:12], automation_id, trigger, Options(), is_enabled=False, since=now)
        store.put(schedule)
        return (
            f"It ran by itself. Its schedule ({when(schedule)}) is off. Turn it on among the schedules,"
            f" or with loopi schedule enable {schedule.id}"
        )

    return add


def _trigger(new: NewSchedule, now: datetime, zone: str) -> Trigger:
    if new.kind == "interval":
        return triggers.interval(int(float(new.value)), anchor=now)
    if new.kind == "cron":
        return triggers.cron(new.value, zone)
    return triggers.once(triggers.local_time(new.value, zone), now=now)
