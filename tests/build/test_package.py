"""The freezing: not done here, for it takes a minute. `.ci/run` does it, and starts what comes out."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def package() -> ModuleType:
    spec = importlib.util.spec_from_file_location("package_script", ROOT / "build" / "package.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nothing_is_written_beside_the_sources(package: ModuleType) -> None:
    command = package.command()
    for option in ("--distpath", "--workpath"):
        assert Path(command[command.index(option) + 1]).is_relative_to(ROOT / "out")
    assert Path(package.environ()["PYINSTALLER_CONFIG_DIR"]).is_relative_to(ROOT / "out")


def test_a_freeze_that_fails_shows_why_and_fails(
    package: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(package, "OUT", tmp_path)
    monkeypatch.setattr(package, "SPEC", tmp_path / "none.spec")
    assert package.main() == 1
    assert "could not freeze" in capsys.readouterr().out
