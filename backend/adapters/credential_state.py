"""How a credential stands, in a word and a reason: from what is stored and how it was last used."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias, cast

from backend.credentials.listing import Entry
from backend.credentials.naming import clean
from backend.credentials.records import timestamp
from backend.credentials.types import CredentialType
from backend.store.automations import AutomationStore
from backend.store.credential_use import Use, UseLog
from backend.store.document import steps_of

Standing: TypeAlias = Literal["ready", "untested", "attention", "expired", "unused"]

WORDS: Mapping[Standing, str] = {
    "ready": "Ready",
    "untested": "Not tested",
    "attention": "Needs attention",
    "expired": "Expired",
    "unused": "Unused",
}


@dataclass(frozen=True, slots=True)
class CredentialState:
    """`message` and `hint` say why, and what to do; `last_used_at` is ISO 8601 in UTC."""

    standing: Standing
    message: str = ""
    hint: str = ""
    last_used_at: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is read once for all credentials: how many steps use each reference, how each was last used."""

    counts: Mapping[str, int]
    uses: Mapping[str, Use]

    @classmethod
    def read(cls, automations: AutomationStore, uses: UseLog) -> "Known":
        counts: Counter[str] = Counter()
        for document in automations.documents():
            references = (step.get("credentialId") for step in steps_of(document))
            counts.update(clean(each) for each in references if isinstance(each, str))
        return cls(counts, uses.all())

    def used_by(self, entry: Entry) -> int:
        """The steps that name it, by id or by name."""
        references = {str(entry["id"]), clean(str(entry["name"]))}
        return sum(self.counts.get(reference, 0) for reference in references)

    def state_of(self, entry: Entry, kind: CredentialType | None) -> CredentialState:
        """As the function, with what is known."""
        return state_of(entry, kind, self.uses.get(str(entry["id"])), used_by=self.used_by(entry))


def state_of(entry: Entry, kind: CredentialType | None, use: Use | None, *, used_by: int) -> CredentialState:
    """Says no more than is known. What was found out before the last change of it counts no more."""
    last = timestamp(datetime.fromtimestamp(use.used_at, UTC)) if use else None
    if kind is None:
        return CredentialState("attention", "Its type is gone.", "Put the file of its type back.", last)
    if lacking := _lacking(entry, kind):
        return CredentialState("attention", f"It lacks: {', '.join(lacking)}.", "Edit it.", last)
    outcome = use.outcome if use and use.taken_at >= _changed_at(entry) else None
    if use and outcome in {"refused", "expired"}:
        standing: Standing = "expired" if outcome == "expired" else "attention"
        return CredentialState(standing, use.message, use.hint, last)
    if outcome == "works":
        return CredentialState("ready", last_used_at=last)
    return CredentialState("untested" if used_by or use else "unused", last_used_at=last)


def _lacking(entry: Entry, kind: CredentialType) -> list[str]:
    fields = cast("Mapping[str, Mapping[str, object]]", entry["fields"])
    needed = [field for field in kind.fields if field.is_required]
    return [field.title for field in needed if not fields.get(field.key, {}).get("set")]


def _changed_at(entry: Entry) -> float:
    try:
        moment = datetime.fromisoformat(str(entry["updatedAt"]))
    except ValueError:
        return 0.0
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
