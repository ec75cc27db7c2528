"""New credentials: many are saved as one, and a name is given once."""

import pytest

from backend.credentials.adding import New, free_name
from backend.credentials.errors import CredentialError
from backend.credentials.naming import fold
from backend.credentials.service import CredentialService
from backend.credentials.store import Store
from engine.secrets import Secret


def new(name: str) -> New:
    return New("custom", name, {"key": Secret("a-secret")}, ("a.example",))


def test_all_are_saved_in_the_order_given(service: CredentialService) -> None:
    saved = service.add_all([new("b"), new("a")])
    assert [each.entry["name"] for each in saved] == ["b", "a"]
    assert [each["name"] for each in service.list()] == ["a", "b"]


def test_one_that_cannot_be_saved_keeps_all_out(service: CredentialService, store: Store) -> None:
    for wrong in ("A", ""):
        with pytest.raises(CredentialError):
            service.add_all([new("a"), new(wrong)])
    assert list(store.read().credentials) == []


def test_what_is_wrong_is_told_before_it_is_saved(service: CredentialService) -> None:
    assert list(service.problems(new(""))) == ["name"]
    assert service.problems(new("a")) == {}


def test_a_free_name_has_the_next_number() -> None:
    assert free_name("Key", {fold("key"), fold("KEY 2")}) == "Key 3"
    assert free_name("Key", set()) == "Key"
    many = {"key", *(f"key {number}" for number in range(2, 1000))}
    assert free_name("Key", many) == "Key 1000"
