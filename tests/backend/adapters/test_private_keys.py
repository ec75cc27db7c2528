"""Keys in a file go into the vault with the automation, and out of it again: a real vault and real files."""

from pathlib import Path

import pytest

from backend.adapters.private_keys import delete_with_keys, save_without_keys
from backend.app import App, open_app
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
