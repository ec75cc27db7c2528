"""A store in memory, as strict as the vault, and services on it with time and ids held in the test's hand."""

import itertools
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from backend import resources
from backend.credentials.service import CredentialService
from backend.credentials.store import Edit, Raw, Store
from backend.credentials.type_book import TypeBook


@dataclass(frozen=True, slots=True)
class MemorySnapshot:
    credentials: tuple[Mapping[str, object], ...]


class MemoryStore:
    """Gives copies, saves JSON only, lets one edit in at a time, and tries each edit twice."""

    def __init__(self, credentials: Sequence[Mapping[str, object]] = ()) -> None:
        self._saved = json.dumps(list(credentials))
        self._lock = threading.Lock()

    def read(self) -> MemorySnapshot:
        return MemorySnapshot(tuple(self._load()))

    def change(self, edit: Edit) -> MemorySnapshot:
        with self._lock:
            edit(self._load())
            self._saved = json.dumps(edit(self._load()))
        return self.read()

    def _load(self) -> list[Raw]:
        found: list[Raw] = json.loads(self._saved)
        return found


@dataclass(slots=True)
class Hand:
    """The time, to be set by the test."""

    now: datetime = datetime(2026, 8, 1, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def types() -> TypeBook:
    return TypeBook.load(resources.schemas() / "credentials")


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture(scope="session")
def new_store() -> Callable[..., MemoryStore]:
    return MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def serve(types: TypeBook, clock: Hand) -> Callable[[Store], CredentialService]:
    """Makes a service on a store; all of a test's services count their ids together."""
    numbers = itertools.count(1)
    return lambda store: CredentialService(store, types, clock=clock, new_id=lambda: f"{next(numbers):032x}")


@pytest.fixture
def service(store: MemoryStore, serve: Callable[[Store], CredentialService]) -> CredentialService:
    return serve(store)
