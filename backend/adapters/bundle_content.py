"""Reads what was sealed in a bundle. Who made it may be a stranger: all of it is looked at, nothing saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.adapters.bundle_error import BundleError
from backend.credentials.errors import CredentialError
from backend.credentials.records import Record, read_record
from backend.credentials.type_book import TypeBook
from backend.store.document import MAX_BYTES, encode
from backend.store.errors import StoreError
from engine.model import Json

Document = Mapping[str, Json]
MAX_AUTOMATIONS = 10_000


@dataclass(frozen=True, slots=True)
class Item:
    """One credential. `hosts` is where it might go at home: its own, or those of its type there."""

    record: Record = field(repr=False)
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The automations, each with an id and a name, and the credentials."""

    automations: tuple[Document, ...]
    items: tuple[Item, ...] = field(repr=False)


def read_content(content: Mapping[str, object], types: TypeBook) -> Content:
    """Raises BundleError `bundle.invalid`."""
    match content:
        case {"automations": list(automations), "credentials": list(credentials), **rest} if not rest:
            documents = tuple(_document(each) for each in automations)
            items = tuple(_item(each, types) for each in credentials)
        case _:
            raise BundleError("bundle.invalid")
    if len(documents) > MAX_AUTOMATIONS:
        raise BundleError("bundle.invalid", f"The file holds more than {MAX_AUTOMATIONS:,} automations.")
    ids = [str(each["id"]) for each in documents], [each.record.id for each in items]
    if any(len(set(each)) < len(each) for each in ids):
        raise BundleError("bundle.invalid", "Two things in the file have one id. Nothing was imported.")
    return Content(documents, items)


def _document(found: object) -> Document:
    if not isinstance(found, dict):
        raise BundleError("bundle.invalid")
    document: Document = found
    named = [document.get(key) for key in ("id", "name")]
    if not all(isinstance(each, str) and each for each in named) or not isinstance(found.get("steps"), list):
        raise BundleError("bundle.invalid")
    try:
        if len(encode(document)) <= MAX_BYTES:
            return document
    except StoreError:
        pass
    raise BundleError("bundle.invalid", "An automation in the file is too large or nested too deeply.")


def _item(found: object, types: TypeBook) -> Item:
    if not isinstance(found, dict):
        raise BundleError("bundle.invalid")
    hosts, kind = found.get("hosts"), found.get("type")
    if not isinstance(hosts, list) or not all(isinstance(each, str) for each in hosts):
        raise BundleError("bundle.invalid")
    raw = {key: value for key, value in found.items() if key != "hosts"}
    try:
        record = read_record(raw, types.find(kind) if isinstance(kind, str) else None)
    except CredentialError:
        # Without its cause: it may quote what is inside.
        raise BundleError("bundle.invalid", "A credential in the file cannot be read.") from None
    return Item(record, tuple(hosts))
