import base64
import importlib.util
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.vault.errors import VaultError
from backend.vault.keychain import Keychain

RunScript = Callable[..., str]
PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon", "dbus-send")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of a user who has never been here."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return kept | {
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }


@pytest.fixture
def beside_a_keychain(
    run_script: RunScript, home: dict[str, str], tmp_path: Path
) -> Callable[[str], dict[str, object]]:
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing or importlib.util.find_spec("secretstorage") is None:
        pytest.skip(f"no Secret Service to test with: {missing or 'secretstorage'}")
    folder = tmp_path / "vault"

    def run(scenario: str) -> dict[str, object]:
        arguments = ("keychain_session.py", str(folder), scenario)
        seen: dict[str, object] = json.loads(run_script(*arguments, before=(PROGRAMS[0], "--"), environ=home))
        return seen

    return run


def test_a_new_vault_keeps_its_key_in_the_real_keychain(
    beside_a_keychain: Callable[[str], dict[str, object]],
) -> None:
    seen = beside_a_keychain("live")
    ((user, value),) = dict(seen["first"]).items()  # type: ignore[call-overload]
    assert seen["slots"] == [["keychain", user.removeprefix("vault-")]]
    assert re.fullmatch(r"vault-[0-9a-f]{16}", user)
    assert len(base64.b64decode(value, validate=True)) == 32
    assert (seen["reopened"], seen["key_file"]) == (["a"], False)


def test_a_passphrase_takes_the_entry_away_and_its_end_brings_a_new_one(
    beside_a_keychain: Callable[[str], dict[str, object]],
) -> None:
    seen = beside_a_keychain("live")
    assert seen["during"] == {}
    assert len(dict(seen["last"])) == 1  # type: ignore[call-overload]
    assert seen["last"] != seen["first"]
    assert (seen["again"], seen["source"]) == (["a"], "keychain")


def test_a_locked_keychain_is_its_own_error_and_never_a_reason_for_a_key_file(
    beside_a_keychain: Callable[[str], dict[str, object]],
) -> None:
    seen = beside_a_keychain("lock")
    unavailable = "vault.keychain_unavailable"
    assert seen == {"code": unavailable, "first_save": unavailable, "kept": True, "key_file": False}


def test_a_keychain_that_hangs_is_given_up_and_works_again_afterwards(
    beside_a_keychain: Callable[[str], dict[str, object]],
) -> None:
    assert beside_a_keychain("hang") == {"code": "vault.keychain_unavailable", "after": 1}


def test_a_key_that_is_gone_from_an_open_keychain_is_a_wrong_key(
    beside_a_keychain: Callable[[str], dict[str, object]],
) -> None:
    assert beside_a_keychain("lose") == {"code": "vault.wrong_key"}


def test_an_entry_made_for_a_save_that_failed_is_taken_back(
    beside_a_keychain: Callable[[str], dict[str, object]],
) -> None:
    assert beside_a_keychain("fail") == {"code": "vault.not_saved", "entries": {}}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own keychain is always there")
def test_a_file_based_keyring_is_never_used_even_when_it_is_configured(
    run_script: RunScript, home: dict[str, str], tmp_path: Path
) -> None:
    pytest.importorskip("keyrings.alt")
    configured = home | {"PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring"}
    seen = json.loads(run_script("file_backend.py", str(tmp_path / "vault"), environ=configured))
    assert seen == {"chosen": "keyrings.alt.file", "types": ["keyfile"], "written": []}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own keychain is always there")
def test_a_session_without_a_keychain_has_none() -> None:
    keychain = Keychain()
    assert not keychain.is_present()
    with pytest.raises(VaultError) as refused:
        keychain.get("00" * 8)
    assert refused.value.code == "vault.keychain_unavailable"
