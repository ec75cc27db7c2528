"""The program put together: what is made when, and what it costs to ask for a part."""

import subprocess
import sys
from pathlib import Path

import pytest

from backend.app import open_app
from engine.parse.problem import InvalidAutomation

KEY = "5a" * 32
STARTS = {"LOOPI_VAULT_KEY": KEY}


def test_opening_makes_the_folders_and_no_vault(tmp_path: Path) -> None:
    app = open_app({**STARTS, "LOOPI_HOME": str(tmp_path / "home")})
    assert app.places.automations.is_dir()
    assert not (app.places.vault_dir / "credentials.json.enc").exists()


def test_a_part_is_made_once(tmp_path: Path) -> None:
    app = open_app({**STARTS, "LOOPI_HOME": str(tmp_path)})
    assert app.vault is app.vault
    assert app.runs is app.runs


def test_the_settings_are_read_anew_each_time(tmp_path: Path) -> None:
    app = open_app({**STARTS, "LOOPI_HOME": str(tmp_path)})
    assert app.settings.request_timeout_s == 60
    app.places.settings_file.write_text('{"requestTimeoutSeconds": 5}')
    assert app.settings.request_timeout_s == 5


def test_the_address_of_x_is_taken_from_the_environment(tmp_path: Path) -> None:
    app = open_app({**STARTS, "LOOPI_HOME": str(tmp_path), "LOOPI_X_BASE_URL": "http://127.0.0.1:9/"})
    assert app.settings.x_base_url == "http://127.0.0.1:9"


def test_a_document_is_parsed_with_the_shipped_schemas(tmp_path: Path) -> None:
    app = open_app({**STARTS, "LOOPI_HOME": str(tmp_path)})
    with pytest.raises(InvalidAutomation) as caught:
        app.parse({"format": "loopi-automation/1", "name": "x", "steps": [{"id": "a", "type": "apiCal"}]})
    assert "apiCall" in str(caught.value)


def test_neither_a_passphrase_nor_the_environment_shows(tmp_path: Path) -> None:
    app = open_app({**STARTS, "LOOPI_HOME": str(tmp_path)}, passphrase="correct horse battery")
    assert "horse" not in repr(app)
    assert KEY not in repr(app)


def test_opening_the_program_imports_nothing_heavy() -> None:
    code = (
        "import sys; from backend.app import open_app; "
        "heavy = {'cryptography', 'engine.interpreter', 'h11', 'jsonschema', 'keyring'}; "
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
