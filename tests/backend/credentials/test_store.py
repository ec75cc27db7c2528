"""What any store of credentials must do: run against the one in memory and against the vault."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from backend.credentials.errors import CredentialError
from backend.credentials.service import CredentialService
from backend.credentials.store import Raw, Store


@pytest.fixture(params=["memory", "vault"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path, new_store: Callable[[], Store]) -> Store:
    if request.param == "memory":
        return new_store()
    vault = pytest.importorskip("backend.vault.vault", reason="the vault is not there yet")
    keys = pytest.importorskip("backend.vault.keys")
    # A passphrase would cost 0.1 s of key derivation at each opening.
    source = keys.KeySource(tmp_path, environ={"LOOPI_VAULT_KEY": "5e" * 32})
    found: Store = vault.Vault(tmp_path, source)
    return found


class TestEveryStore:
    def test_a_new_store_is_empty(self, any_store: Store) -> None:
        assert list(any_store.read().credentials) == []

    def test_what_was_saved_is_read(self, any_store: Store) -> None:
        any_store.change(lambda _: [{"id": "a", "fields": {"k": "ü"}}])
        assert list(any_store.read().credentials) == [{"id": "a", "fields": {"k": "ü"}}]

    def test_an_edit_gets_what_is_there(self, any_store: Store) -> None:
        any_store.change(lambda raws: [*raws, {"id": "a"}])
        any_store.change(lambda raws: [*raws, {"id": "b"}])
        assert [raw["id"] for raw in any_store.read().credentials] == ["a", "b"]

    def test_an_edit_that_raises_saves_nothing_and_its_error_is_passed_on(self, any_store: Store) -> None:
        def refuse(raws: list[Raw]) -> list[Raw]:
            raws.append({"id": "b"})
            raise LookupError("no")

        any_store.change(lambda _: [{"id": "a"}])
        with pytest.raises(LookupError, match="no"):
            any_store.change(refuse)
        assert list(any_store.read().credentials) == [{"id": "a"}]

    def test_edits_of_several_threads_are_all_saved(self, any_store: Store) -> None:
        def add(number: int) -> None:
            any_store.change(lambda raws: [*raws, {"id": str(number)}])

        _at_once([partial(add, number) for number in range(8)])
        assert {raw["id"] for raw in any_store.read().credentials} == {str(n) for n in range(8)}

    def test_two_services_never_lose_an_update(
        self, any_store: Store, serve: Callable[[Store], CredentialService]
    ) -> None:
        services = [serve(any_store), serve(any_store)]
        _at_once(
            [
                partial(services[number % 2].add, "apiKey", f"key {number}", {"apiKey": "abcdef"})
                for number in range(6)
            ]
        )
        names = [item["name"] for item in services[0].list()]
        assert names == [f"key {n}" for n in range(6)]

    def test_of_several_who_want_one_name_one_gets_it(
        self, any_store: Store, serve: Callable[[Store], CredentialService]
    ) -> None:
        refused: list[str] = []

        def add(service: CredentialService) -> None:
            try:
                service.add("apiKey", "GitHub", {"apiKey": "abcdef"})
            except CredentialError as error:
                refused.append(error.code)

        _at_once([partial(add, serve(any_store)) for _ in range(4)])
        assert refused == ["credential.name_taken"] * 3
        assert len(any_store.read().credentials) == 1


def _at_once(actions: list[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
