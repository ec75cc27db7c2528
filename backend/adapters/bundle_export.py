"""What goes into a bundle: what was named, and whatever that refers to. Seals nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from backend.adapters.bundle_error import BundleError
from backend.credentials.records import Record, write_record
from backend.credentials.service import CredentialService
from backend.store.automations import AutomationStore
from backend.store.document import steps_of
from backend.store.errors import StoreError
from engine.model import Json

Document = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Names or ids. `everything` takes all that can be read, and needs no names."""

    automations: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """`credentials` are records with their secrets in the clear, and the hosts their type gives them."""

    automations: tuple[Document, ...]
    credentials: tuple[Mapping[str, object], ...] = field(repr=False)

    def to_json(self) -> dict[str, object]:
        return {"automations": list(self.automations), "credentials": list(self.credentials)}


def gather(automations: AutomationStore, credentials: CredentialService, wanted: Wanted) -> Gathered:
    """With an automation come those that it runs, and each credential its steps name, private ones too.

    Raises BundleError `bundle.empty`, and as the stores.
    """
    documents = _documents(automations, wanted)
    records = {record.id: record for record in _records(credentials, wanted, documents)}
    if not documents and not records:
        raise BundleError("bundle.empty")
    return Gathered(
        tuple(documents),
        tuple({**write_record(each), "hosts": list(credentials.hosts(each))} for each in records.values()),
    )


def _documents(automations: AutomationStore, wanted: Wanted) -> list[Document]:
    found: dict[str, Document] = {}
    waiting: list[Document] = [automations.get(each) for each in wanted.automations]
    waiting += automations.documents() if wanted.everything else []
    while waiting:
        document = waiting.pop()
        if str(document["id"]) not in found:
            found[str(document["id"])] = document
            waiting.extend(_called(automations, document))
    return list(found.values())


def _called(automations: AutomationStore, document: Document) -> Iterator[Document]:
    for step in steps_of(document):
        reference = step.get("automation")
        if step.get("type") == "runAutomation" and isinstance(reference, str):
            try:
                yield automations.get(reference)
            except StoreError:
                continue  # it does not run here either, and says so when it is started


def _records(credentials: CredentialService, wanted: Wanted, documents: list[Document]) -> Iterator[Record]:
    yield from (credentials.get(each) for each in wanted.credentials)
    if wanted.everything:
        yield from (credentials.get(str(each["id"])) for each in credentials.list())
    for document in documents:
        for step in steps_of(document):
            reference = step.get("credentialId")
            record = credentials.find(reference) if isinstance(reference, str) and reference else None
            if record is not None:
                yield record
