import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(target.glob("*.whl"))


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("folder", ["schemas", "examples"])
def test_an_installed_copy_has_every_schema_and_example(wheel: Path, folder: str) -> None:
    expected = {f"backend/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / folder).rglob("*.json")}
    assert expected
    assert names(wheel) >= expected


def test_an_installed_copy_has_the_built_page(wheel: Path) -> None:
    page = {name for name in names(wheel) if name.startswith("backend/web/")}
    assert "backend/web/index.html" in page
    assert any(name.endswith(".js") for name in page)


def test_an_installed_copy_has_only_the_two_packages(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"engine", "backend"}


def test_a_checkout_is_read_where_it_stands_when_installed_to_be_edited() -> None:
    installed = Path(sys.prefix).rglob("site-packages/backend")
    assert list(installed) == []
