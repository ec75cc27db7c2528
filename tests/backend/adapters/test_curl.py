from pathlib import Path

import pytest

from backend.adapters.curl import step_as_curl
from backend.app import App, open_app
from engine.errors import LoopiError
from engine.model import Json
from engine.secrets import Secret

KEY = "5a" * 32
STEPS: list[Json] = [
    {"id": "a", "type": "apiCall", "url": "{{credentials.apiUrl}}me", "credentialId": "Key"},
    {"id": "if", "type": "if", "then": [{"id": "b", "type": "apiCall", "url": "https://h.example/"}]},
]


@pytest.fixture
def app(tmp_path: Path) -> App:
    made = open_app({"LOOPI_HOME": str(tmp_path), "LOOPI_VAULT_KEY": KEY})
    made.credentials.add(
        "apiKey", "Key", {"apiKey": Secret("key-0001"), "apiUrl": "https://api.example.com/"}
    )
    return made


def test_a_credential_gives_its_type_and_what_may_be_shown(app: App) -> None:
    text = step_as_curl({"steps": STEPS}, "a", app.credentials, app.types).text
    assert "'https://api.example.com/me'" in text
    assert '"$API_KEY"' in text
    assert "key-0001" not in text


def test_a_step_inside_a_block_is_found(app: App) -> None:
    assert "h.example" in step_as_curl({"steps": STEPS}, "b", app.credentials, app.types).text


@pytest.mark.parametrize(("step_id", "code"), [("if", "import.no_call"), ("x", "run.no_such_step")])
def test_what_is_no_call_is_no_command(app: App, step_id: str, code: str) -> None:
    with pytest.raises(LoopiError) as caught:
        step_as_curl({"steps": STEPS}, step_id, app.credentials, app.types)
    assert caught.value.code == code
