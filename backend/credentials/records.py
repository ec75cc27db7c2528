"""One credential as the vault keeps it, and as the program holds it: secret fields wrapped. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from backend.credentials.errors import damaged
from backend.credentials.store import Raw
from backend.credentials.types import CredentialType
from engine.secrets import Secret


@dataclass(frozen=True, slots=True)
class Owner:
    """The one step that a private credential belongs to."""

    automation_id: str
    step_id: str


@dataclass(frozen=True, slots=True)
class Record:
    """One credential. Times are UTC in ISO 8601 with milliseconds; `version` counts its changes from 1.

    `extra` holds the keys of a newer program: they survive a save, and are not printed (they may be secret).
    """

    id: str
    name: str
    type: str
    fields: Mapping[str, Secret | str]
    created_at: str
    updated_at: str
    version: int = 1
    allowed_hosts: tuple[str, ...] = ()
    deleted_at: str | None = None
    owner: Owner | None = None
    extra: Mapping[str, object] = field(default_factory=dict, repr=False)

    @property
    def open_fields(self) -> frozenset[str]:
        """The fields whose values may be shown."""
        return frozenset(key for key, value in self.fields.items() if isinstance(value, str))


def read_record(raw: Mapping[str, object], kind: CredentialType | None, *, place: int = 0) -> Record:
    """The record of a JSON object; `place` is its index in the vault, for the message.

    Raises CredentialError `credential.damaged`. Without a type, all is secret that is not named otherwise.
    """
    rest = dict(raw)
    record_id = rest.pop("id", None)
    label = record_id if isinstance(record_id, str) and record_id else f"number {place + 1} in the vault"
    try:
        return Record(
            id=_text(record_id, "id", may_be_empty=False),
            name=_text(rest.pop("name", None), "name", may_be_empty=False),
            type=_text(rest.pop("type", None), "type", may_be_empty=False),
            fields=_fields(rest.pop("fields", None), _names(rest.pop("secretFields", None)), kind),
            created_at=_text(rest.pop("createdAt", ""), "createdAt"),
            updated_at=_text(rest.pop("updatedAt", ""), "updatedAt"),
            version=_count(rest.pop("version", 1)),
            allowed_hosts=_names(rest.pop("allowedHosts", [])) or (),
            deleted_at=_optional(rest.pop("deletedAt", None)),
            owner=_owner(rest.pop("owner", None)),
            extra=rest,
        )
    except ValueError as wrong:
        raise damaged(label, str(wrong)) from None


def write_record(record: Record) -> Raw:
    """The JSON object for the vault, with its secrets in the clear. `secretFields` says which they are.

    They are kept in the record, not only in its type: a type's file that is changed later cannot open them.
    """
    raw: Raw = {
        "id": record.id,
        "name": record.name,
        "type": record.type,
        "createdAt": record.created_at,
        "updatedAt": record.updated_at,
        "version": record.version,
        "fields": {key: plain(value) for key, value in record.fields.items()},
        "secretFields": sorted(record.fields.keys() - record.open_fields),
        "allowedHosts": list(record.allowed_hosts),
        **record.extra,
    }
    if record.deleted_at is not None:
        raw["deletedAt"] = record.deleted_at
    if record.owner is not None:
        raw["owner"] = {"automationId": record.owner.automation_id, "stepId": record.owner.step_id}
    return raw


def plain(value: Secret | str) -> str:
    """The text itself."""
    return value.reveal() if isinstance(value, Secret) else value


def timestamp(moment: datetime) -> str:
    """An aware time as it stands in a record: `2026-08-01T09:30:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def is_hidden(key: str, kind: CredentialType | None, secret_fields: tuple[str, ...] | None) -> bool:
    """Whether the field is secret, by its type or by what the record says of it. In doubt, it is."""
    if secret_fields is not None and key in secret_fields:
        return True
    if kind is not None and kind.field(key) is not None:
        return kind.is_secret(key)
    is_free = kind is None or kind.list_key is not None
    return not is_free or secret_fields is None


def _fields(
    found: object, secret_fields: tuple[str, ...] | None, kind: CredentialType | None
) -> dict[str, Secret | str]:
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ValueError("its fields are missing or not texts")
    return {
        key: Secret(value) if is_hidden(key, kind, secret_fields) else value for key, value in found.items()
    }


def _text(found: object, key: str, *, may_be_empty: bool = True) -> str:
    if not isinstance(found, str) or not (found or may_be_empty):
        raise ValueError(f"its {key} is missing or not a text")
    return found


def _optional(found: object) -> str | None:
    return None if found is None else _text(found, "deletedAt")


def _names(found: object) -> tuple[str, ...] | None:
    if found is None:
        return None
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ValueError("one of its lists is not a list of texts")
    return tuple(found)


def _count(found: object) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise ValueError("its version is not a number")
    return found


def _owner(found: object) -> Owner | None:
    match found:
        case None:
            return None
        case {"automationId": str(automation_id), "stepId": str(step_id)}:
            return Owner(automation_id, step_id)
        case _:
            raise ValueError("its owner is not understood")
