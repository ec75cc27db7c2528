"""Keys in a file go into the vault with the automation, and out of it again: a real vault and real files."""

from pathlib import Path

import pytest

from backend.adapters.private_keys import delete_with_keys, save_copy, save_without_keys, settle
from backend.app import App, open_app
from backend.credentials.records import Owner
from backend.store.document import steps_of
from backend.store.errors import StoreError
from engine.model import Json

KEYS = {
    "apiKey": "key-canary-1",
    "apiSecret": "key-canary-2",
    "accessToken": "t-canary-3",
    "accessSecret": "c-4-secret",
}
STEP: dict[str, Json] = {"id": "u", "type": "twitterSearchUser", "username": "loopi", **KEYS}
DOCUMENT: dict[str, Json] = {"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": [STEP]}


@pytest.fixture
def app(tmp_path: Path) -> App:
    return open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": "5a" * 32})


def test_keys_move_into_the_vault_and_leave_with_their_automation(app: App) -> None:
    moved = save_without_keys(app.automations, app.credentials, DOCUMENT)
    assert list(moved) == ["u"]
    assert not any(key in app.automations.export("a1").decode() for key in KEYS.values())
    assert app.credentials.find(moved["u"]) is not None
    delete_with_keys(app.automations, app.credentials, app.automations.find("a1"))
    assert app.credentials.find(moved["u"]) is None


def test_when_the_file_cannot_be_saved_no_credential_stays_behind(app: App) -> None:
    app.places.automations.rmdir()
    app.places.automations.write_text("no folder")
    with pytest.raises(StoreError):
        save_without_keys(app.automations, app.credentials, DOCUMENT)
    assert [raw for raw in app.vault.read().credentials if "deletedAt" not in raw] == []


def private(app: App, step_id: str = "u") -> str:
    owner = Owner("a1", step_id)
    return str(
        app.credentials.add("basic", "Keys", {"username": "a", "password": "p-canary"}, owner=owner).entry[
            "id"
        ]
    )


def document(*references: str) -> dict[str, Json]:
    steps: list[Json] = [
        {"id": f"s{number}", "type": "apiCall", "url": "https://a.example/", "credentialId": each}
        for number, each in enumerate(references)
    ]
    return {"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": steps}


def test_a_private_credential_leaves_with_the_last_step_that_names_it_and_comes_back_with_it(
    app: App,
) -> None:
    mine = private(app)
    for names, is_there in (((mine, mine), True), ((mine,), True), ((), False), ((mine,), True)):
        settle(app.credentials, document(*names))
        assert (app.credentials.find(mine) is not None) is is_there
    assert app.credentials.overview().trash == ()


def test_a_saved_credential_and_another_automations_are_left_alone(app: App) -> None:
    saved = str(app.credentials.add("basic", "Login", {"username": "a", "password": "p"}).entry["id"])
    other = app.credentials.add("basic", "K", {"username": "a", "password": "p"}, owner=Owner("a2", "s"))
    settle(app.credentials, document())
    assert app.credentials.find(saved) is not None
    assert app.credentials.find(str(other.entry["id"])) is not None


def test_a_copy_of_an_automation_has_keys_of_its_own(app: App) -> None:
    mine = private(app)
    app.automations.save(document(mine, mine))
    save_copy(app.automations, app.credentials, {**document(mine, mine), "id": "a2", "name": "Copy"})
    first, second = (step["credentialId"] for step in steps_of(app.automations.get("a2")))
    assert first == second != mine
    delete_with_keys(app.automations, app.credentials, app.automations.find("a1"))
    assert app.credentials.get(str(first)).owner == Owner("a2", "s0")


def test_when_a_copy_cannot_be_saved_no_credential_stays_behind(app: App) -> None:
    mine = private(app)
    app.places.automations.rmdir()
    app.places.automations.write_text("no folder")
    with pytest.raises(StoreError):
        save_copy(app.automations, app.credentials, {**document(mine), "id": "a2"})
    assert all(each.deleted_at for each in app.credentials.owned("a2"))
