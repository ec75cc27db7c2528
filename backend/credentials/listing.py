"""How credentials are shown: all but secrets. This JSON is a contract of the command line and the page."""

from typing import TypeAlias

from backend.credentials.records import Record
from backend.credentials.types import CredentialType
from engine.secrets import Secret

Entry: TypeAlias = dict[str, object]


def entry(record: Record, kind: CredentialType | None) -> Entry:
    """`{"id", "name", "type", "createdAt", "updatedAt", "version", "allowedHosts", "fields"}`.

    A deleted one has `deletedAt` too. `fields` maps each key of the type and of the record to
    `{"set", "secret"}`, and to `"value"` too when the field is not secret and is set.
    """
    declared = [field.key for field in kind.fields] if kind else []
    keys = dict.fromkeys([*declared, *record.fields])
    shown: Entry = {
        "id": record.id,
        "name": record.name,
        "type": record.type,
        "createdAt": record.created_at,
        "updatedAt": record.updated_at,
        "version": record.version,
        "allowedHosts": list(record.allowed_hosts),
        "fields": {key: _field(record.fields.get(key), key, kind) for key in keys},
    }
    if record.deleted_at is not None:
        shown["deletedAt"] = record.deleted_at
    return shown


def _field(value: Secret | str | None, key: str, kind: CredentialType | None) -> Entry:
    if value is None:
        return {"set": False, "secret": kind is None or kind.is_secret(key)}
    if isinstance(value, Secret):
        return {"set": bool(value), "secret": True}
    return {"set": bool(value), "secret": False, "value": value}
