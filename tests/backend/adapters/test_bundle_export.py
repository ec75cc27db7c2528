from pathlib import Path

import pytest

from backend.adapters.bundle_export import Wanted, gather
from backend.app import App, open_app
from engine.errors import LoopiError
from engine.model import Json
from engine.secrets import Secret


@pytest.fixture
def app(tmp_path: Path) -> App:
    return open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": "5a" * 32})


def save(app: App, name: str, *steps: Json) -> None:
    app.automations.save({"format": "loopi-automation/1", "id": name, "name": name, "steps": list(steps)})


def test_automations_that_run_each_other_are_gathered_once(app: App) -> None:
    save(app, "a", {"id": "x", "type": "runAutomation", "automation": "b"})
    save(app, "b", {"id": "x", "type": "runAutomation", "automation": "a"})
    found = gather(app.automations, app.credentials, Wanted(automations=("a",)))
    assert sorted(str(each["id"]) for each in found.automations) == ["a", "b"]


def test_what_a_step_names_in_vain_is_no_hindrance(app: App) -> None:
    save(
        app, "a", {"id": "x", "type": "runAutomation", "automation": "gone"}, {"id": "y", "credentialId": "z"}
    )
    found = gather(app.automations, app.credentials, Wanted(automations=("a",)))
    assert (len(found.automations), found.credentials) == (1, ())


def test_the_hosts_of_its_type_go_with_a_credential(app: App) -> None:
    app.credentials.add("apiKey", "K", {"apiKey": Secret("k-0001-long"), "apiUrl": "https://h.example/v1"})
    (record,) = gather(app.automations, app.credentials, Wanted(everything=True)).credentials
    assert (record["allowedHosts"], record["hosts"]) == ([], ["h.example"])


def test_nothing_gathered_is_shown_by_accident(app: App) -> None:
    app.credentials.add("custom", "K", {"key": Secret("k-0001-long")})
    assert "k-0001" not in repr(gather(app.automations, app.credentials, Wanted(everything=True)))


@pytest.mark.parametrize("wanted", [Wanted(automations=("no",)), Wanted(credentials=("no",)), Wanted()])
def test_what_is_not_there_is_refused(app: App, wanted: Wanted) -> None:
    with pytest.raises(LoopiError):
        gather(app.automations, app.credentials, wanted)
