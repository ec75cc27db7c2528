import sys
from pathlib import Path

import pytest

from backend.adapters.bundle_content import Content, Document, Item
from backend.adapters.bundle_import import save_content
from backend.adapters.imports import SavedImport
from backend.app import App, open_app
from backend.credentials.records import Owner, Record
from backend.store.document import steps_of
from engine.errors import LoopiError
from engine.model import Json
from engine.secrets import Secret
from servers.limited import printed


@pytest.fixture
def app(tmp_path: Path) -> App:
    return open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": "5a" * 32})


def record(name: str, type_id: str = "custom", **more: object) -> Record:
    fields = {"key": Secret("k-0001-long"), "seen": "in the open"}
    return Record(f"id of {name}", name, type_id, fields, "", "", **more)  # type: ignore[arg-type]


def save(app: App, *items: Item, automations: tuple[Document, ...] = ()) -> SavedImport:
    return save_content(Content(automations, items), app.vault, app.types, app.automations)


def automation(**step: str) -> Document:
    steps: list[Json] = [{"id": "s", "type": "apiCall", **step}]
    return {"format": "loopi-automation/1", "id": "a", "name": "A", "steps": steps}


def test_a_credential_of_a_type_that_is_not_known_stays_where_it_might_go(app: App) -> None:
    saved = save(app, Item(record("K", "acme"), ("api.acme.example",)))
    kept = app.credentials.get("K")
    assert (kept.type, kept.allowed_hosts) == ("custom", ("api.acme.example",))
    assert kept.open_fields == {"seen"}
    assert "became Custom" in saved.notes[0]


def test_one_that_might_then_go_anywhere_is_left_out(app: App) -> None:
    saved = save(app, Item(record("K", "acme"), ()))
    assert (saved.credentials, app.credentials.list()) == ((), ())
    assert "left out" in saved.notes[0]


def test_one_that_its_type_does_not_take_becomes_custom(app: App) -> None:
    saved = save(app, Item(record("K", "twitter"), ("api.x.com",)))
    assert app.credentials.get("K").type == "custom"
    assert "does not take it" in saved.notes[0]


def test_a_private_credential_without_its_automation_is_left_out(app: App) -> None:
    saved = save(app, Item(record("K", owner=Owner("gone", "s")), ()))
    assert app.vault.read().credentials == ()
    assert "left out" in saved.notes[0]


def test_a_credential_of_mine_that_a_strangers_automation_names_is_told_of(app: App) -> None:
    app.credentials.add("custom", "Mine", {"key": Secret("k-0001-long")})
    saved = save(app, automations=(automation(credentialId="Mine"),))
    assert "“A” names the credential “Mine”, which is not in the file" in saved.notes[0]


def test_an_automation_of_mine_that_a_strangers_runs_is_told_of(app: App) -> None:
    saved = save(app, automations=(automation(type="runAutomation", automation="My mail"),))
    assert "“A” runs the automation “My mail”, which is not in the file" in saved.notes[0]


def test_keys_in_plain_text_go_into_the_vault(app: App) -> None:
    keys = {name: f"{name}-of-the-old-app" for name in ("apiKey", "apiSecret", "accessToken", "accessSecret")}
    save(app, automations=(automation(type="twitterSearchUser", **keys),))
    (step,) = steps_of(app.automations.get("A"))
    assert set(step) == {"id", "type", "credentialId"}
    assert app.credentials.get(str(step["credentialId"])).owner == Owner("a", "s")


def test_all_credentials_are_one_save(app: App) -> None:
    save(app, *(Item(record(f"K{number}"), ()) for number in range(30)))
    assert app.vault.read().generation == 1
    assert len(app.credentials.list()) == 30


def test_one_that_cannot_be_saved_keeps_all_out(app: App) -> None:
    with pytest.raises(LoopiError):
        save(app, Item(record("K"), ()), Item(record("x" * 300), ()))
    assert app.vault.read().credentials == ()


MANY = """
import tempfile
from test_bundle_import import App, Item, open_app, record, save
with tempfile.TemporaryDirectory() as home:
    app = open_app({"LOOPI_HOME": home, "LOOPI_VAULT_KEY": "5a" * 32})
    base = {"format": "loopi-automation/1", "name": "A", "steps": []}
    automations = tuple({**base, "id": f"a{number}"} for number in range(1_000))
    items = [Item(record(f"K{number}"), ()) for number in range(4_000)]
    saved = save(app, *items, automations=automations)
    names = {each.name for each in app.automations.entries()}
    print(len(saved.credentials), len(saved.automations), len(names))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_what_comes_is_not_compared_with_all_the_rest_each_time() -> None:
    assert printed(MANY, cpu_s=60, paths=("tests/backend/adapters",)) == ["4000 1000 1000"]
