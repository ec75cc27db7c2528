from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.adapters.imports import off_schedules, save_imported
from backend.app import App, open_app
from backend.importers.imported import Imported, NewCredential, NewSchedule
from engine.errors import LoopiError
from engine.model import Json
from engine.secrets import Secret

KEY = "5a" * 32


@pytest.fixture
def app(tmp_path: Path) -> App:
    return open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": KEY})


def found(*names: str, **fields: Json) -> Imported:
    step: dict[str, Json] = {
        "id": "a",
        "type": "apiCall",
        "url": "https://h/",
        "credentialId": "h.example",
        **fields,
    }
    document: dict[str, Json] = {"format": "loopi-automation/1", "name": "A", "steps": [step]}
    made = [NewCredential(name, "custom", {"key": Secret("k-0001")}, ("h.example",)) for name in names]
    return Imported((document,), tuple(made), ("note",))


def test_the_step_refers_to_the_credential_that_was_made(app: App) -> None:
    saved = save_imported(app.automations, app.credentials, found("h.example"))
    ((credential_id, name),) = saved.credentials
    assert (name, saved.notes) == ("h.example", ("note",))
    assert app.automations.get(saved.automations[0])["steps"][0]["credentialId"] == credential_id  # type: ignore[index,call-overload]
    assert app.credentials.get(credential_id).allowed_hosts == ("h.example",)


def test_a_name_that_is_taken_gets_a_number(app: App) -> None:
    save_imported(app.automations, app.credentials, found("H.example"))
    second = save_imported(app.automations, app.credentials, found("h.example"))
    assert second.credentials[0][1] == "h.example 2"


def test_two_of_one_name_are_both_told_and_both_undone(app: App) -> None:
    saved = save_imported(app.automations, app.credentials, found("key", "key"))
    assert [name for _id, name in saved.credentials] == ["key", "key 2"]
    with pytest.raises(LoopiError):
        save_imported(app.automations, app.credentials, found("key", "key", description=float("nan")))
    assert len(app.credentials.list()) == 2


def test_without_secrets_the_name_stays_for_a_credential_to_come(app: App) -> None:
    bare = Imported(found().automations, (NewCredential("h.example", "apiKey"),))
    saved = save_imported(app.automations, app.credentials, bare)
    assert saved.credentials == ()
    assert app.automations.get(saved.automations[0])["steps"][0]["credentialId"] == "h.example"  # type: ignore[index,call-overload]


def test_a_credential_of_mine_that_the_text_names_is_told_of(app: App) -> None:
    app.credentials.add("custom", "h.example", {"key": Secret("k-0001-long")})
    saved = save_imported(app.automations, app.credentials, found())
    assert "It uses your credential “h.example”" in saved.notes[1]


def test_what_cannot_be_saved_leaves_nothing(app: App) -> None:
    with pytest.raises(LoopiError):
        save_imported(app.automations, app.credentials, found("h.example", description=float("nan")))
    assert (app.credentials.list(), app.automations.entries()) == ((), [])


def test_many_credentials_are_one_change_of_the_vault(app: App) -> None:
    before = app.vault.read().generation
    saved = save_imported(app.automations, app.credentials, found(*map(str, range(20))))
    assert len({name for _id, name in saved.credentials}) == len(app.credentials.list()) == 20
    assert app.vault.read().generation == before + 1


@pytest.mark.parametrize("minutes", ["inf", "1e300", "nan", "x"])
def test_a_schedule_that_no_clock_can_keep_is_told_and_left_out(app: App, minutes: str) -> None:
    add = off_schedules(app.schedules, datetime(2026, 1, 1, tzinfo=UTC), "UTC")

    assert "was not taken over" in add("a", NewSchedule("interval", minutes))
    assert not app.schedules.all()
