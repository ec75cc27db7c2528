"""What the vault's tests share: a folder, a key named in the environment, and the second writer's files."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from backend.vault.errors import VaultError
from backend.vault.keychain import Keychain
from backend.vault.keys import Ask, KeySource
from backend.vault.vault import Vault
from drive.vault import CodeOf

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
WYCHEPROOF = ROOT.parent / "shared/data/wycheproof"

Groups = list[dict[str, object]]
RunScript = Callable[..., str]


@pytest.fixture(scope="session")
def writer() -> ModuleType:
    """The second writer of the format."""
    spec = importlib.util.spec_from_file_location("vault_make_vectors", HERE / "make_vectors.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def frozen() -> list[dict[str, str]]:
    """The frozen vectors: `{"name", "code", "hex"}`."""
    vectors: list[dict[str, str]] = json.loads((HERE / "vectors.json").read_text())
    return vectors


@pytest.fixture
def named(writer: ModuleType) -> dict[str, str]:
    """An environment that names the second writer's key."""
    return {"LOOPI_VAULT_KEY": writer.KEY.hex()}


@pytest.fixture
def keys(tmp_path: Path, named: dict[str, str]) -> KeySource:
    return KeySource(tmp_path, environ=named)


@pytest.fixture
def vault(tmp_path: Path, keys: KeySource) -> Vault:
    return Vault(tmp_path, keys)


@pytest.fixture
def open_with(tmp_path: Path) -> Callable[..., Vault]:
    """Another process's view of the same folder: a vault that has read nothing, with this environment."""

    def make(
        environ: dict[str, str] | None = None, *, ask: Ask | None = None, passphrase: str | None = None
    ) -> Vault:
        source = KeySource(
            tmp_path, environ=environ or {}, ask=ask, passphrase=passphrase, keychain=Keychain()
        )
        return Vault(tmp_path, source)

    return make


@pytest.fixture(scope="session")
def code_of() -> CodeOf:
    """The code with which a call is refused; "" when it is not."""

    def run(action: Callable[[], object]) -> str:
        try:
            action()
        except VaultError as error:
            return error.code
        return ""

    return run


@pytest.fixture
def run_script() -> RunScript:
    """Run one of this folder's scripts in a process of its own, and give what it printed."""

    def run(
        name: str, *arguments: str, before: tuple[str, ...] = (), environ: dict[str, str] | None = None
    ) -> str:
        command = [*before, sys.executable, str(HERE / name), *arguments]
        surroundings = dict(os.environ if environ is None else environ) | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, env=surroundings, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def published() -> Callable[[str], Iterator[dict[str, object]]]:
    """The tests of a Wycheproof file, each with its group's facts."""

    def load(name: str) -> Iterator[dict[str, object]]:
        path = WYCHEPROOF / name
        if not path.exists():
            pytest.skip(f"the published vectors are not here: {name}")
        for group in json.loads(path.read_text())["testGroups"]:
            facts = {key: value for key, value in group.items() if key != "tests"}
            for test in group["tests"]:
                yield facts | test

    return load


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A file system of its own, mounted with these options; only root may mount."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "loopi-test", str(place)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=20)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("no right to mount a file system here")
        mounted.append(place)
        return place

    yield mount
    for path in mounted:
        subprocess.run(["umount", str(path)], check=True, timeout=20)
