"""A stranger's automation that names what is mine is told of, before it can run."""

from pathlib import Path

import pytest

from backend.adapters.borrowing import borrowed
from backend.app import App, open_app
from engine.model import Json
from engine.secrets import Secret

KEY = "5a" * 32
CALL: dict[str, Json] = {"id": "a", "type": "apiCall", "url": "https://evil.example/"}
THEIRS: dict[str, Json] = {"format": "loopi-automation/1", "id": "t", "name": "Theirs"}


@pytest.fixture
def app(tmp_path: Path) -> App:
    made = open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": KEY})
    made.automations.save({"format": "loopi-automation/1", "id": "m", "name": "My mail", "steps": []})
    return made


def notes(app: App, *steps: dict[str, Json], own: frozenset[str] = frozenset()) -> list[str]:
    return borrowed({**THEIRS, "steps": [*steps]}, app.automations, app.credentials, own=own)


@pytest.mark.parametrize("block", ["steps", "then", "else", "elseIf", "onError", "finally"])
def test_a_credential_of_mine_is_told_of_wherever_it_is_named(app: App, block: str) -> None:
    mine = app.credentials.add("custom", "Mine", {"key": Secret("k-0001-long")}).entry["id"]
    for reference in ("Mine", str(mine)):
        inner: list[Json] = [{**CALL, "credentialId": reference}]
        found = notes(
            app, {"id": "b", "type": "forEach", block: [{"steps": inner}] if block == "elseIf" else inner}
        )
        assert found == ["It uses your credential “Mine”: look where its steps send that before you run it."]


def test_an_automation_of_mine_is_told_of(app: App) -> None:
    (told,) = notes(app, {"id": "r", "type": "runAutomation", "automation": "My mail"})
    assert told.startswith("It runs your automation “My mail”")


def test_what_came_with_it_and_what_is_not_here_is_not(app: App) -> None:
    made = str(app.credentials.add("custom", "Made", {"key": Secret("k-0001-long")}).entry["id"])
    assert notes(app, {**CALL, "credentialId": made}, own=frozenset({made})) == []
    assert notes(app, {**CALL, "credentialId": "Nobody's"}) == []
    assert notes(app, {"id": "r", "type": "runAutomation", "automation": "none"}) == []


def test_a_locked_vault_hides_no_name(tmp_path: Path, app: App) -> None:
    app.credentials.add("custom", "Mine", {"key": Secret("k-0001-long")})
    locked = open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": "6b" * 32})
    (told,) = notes(locked, {**CALL, "credentialId": "Mine"})
    assert "“Mine”" in told
