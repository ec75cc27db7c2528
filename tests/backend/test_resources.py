import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from backend import resources

SHOW = "from backend import resources as r; print(r.schemas(), r.schema('credentials/basic')['title'])"


def tree(root: Path) -> Path:
    """A copy of the module, alone in a package."""
    package = root / "backend"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    shutil.copy(resources.__file__, package / "resources.py")
    return package


def put(folder: Path) -> Path:
    shutil.copytree(resources.schemas(), folder)
    return folder


def show(root: Path, before: str = "", what: str = SHOW) -> str:
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r}); {before}{what}"]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_the_source_tree_has_them_at_the_top_level(tmp_path: Path) -> None:
    tree(tmp_path)
    folder = put(tmp_path / "schemas")
    assert show(tmp_path) == f"{folder} Basic Auth"


def test_a_wheel_has_them_in_the_package_and_a_neighbour_is_not_mistaken_for_them(tmp_path: Path) -> None:
    folder = put(tree(tmp_path) / "schemas")
    (tmp_path / "schemas").mkdir()
    assert show(tmp_path) == f"{folder} Basic Auth"


@pytest.mark.parametrize("inside", ["schemas", "backend/schemas"])
def test_a_frozen_program_has_them_where_it_was_unpacked(tmp_path: Path, inside: str) -> None:
    tree(tmp_path / "code")
    folder = put(tmp_path / "unpacked" / inside)
    before = f"sys._MEIPASS = {str(tmp_path / 'unpacked')!r}; "
    assert show(tmp_path / "code", before) == f"{folder} Basic Auth"


def test_a_program_without_its_schemas_says_so(tmp_path: Path) -> None:
    tree(tmp_path)
    with pytest.raises(subprocess.CalledProcessError) as caught:
        show(tmp_path)
    assert "Install the program again" in caught.value.stderr


def shown_page(root: Path, before: str = "") -> str:
    return show(root, before, "from backend import resources as r; print(r.web())")


def page(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").touch()
    return folder


def test_the_page_lies_in_the_package_once_it_is_built(tmp_path: Path) -> None:
    folder = page(tree(tmp_path) / "web")
    assert shown_page(tmp_path) == str(folder)


@pytest.mark.parametrize("inside", ["web", "backend/web"])
def test_a_frozen_program_has_the_page_where_it_was_unpacked(tmp_path: Path, inside: str) -> None:
    tree(tmp_path / "code")
    folder = page(tmp_path / "unpacked" / inside)
    assert shown_page(tmp_path / "code", f"sys._MEIPASS = {str(tmp_path / 'unpacked')!r}; ") == str(folder)


def test_a_page_that_was_not_built_is_told_with_its_remedy(tmp_path: Path) -> None:
    (tree(tmp_path) / "web").mkdir()
    with pytest.raises(subprocess.CalledProcessError) as caught:
        shown_page(tmp_path)
    assert "`make serve` builds it" in caught.value.stderr


def test_a_schema_is_read_once() -> None:
    assert resources.schema("credentials/twitter") is resources.schema("credentials/twitter")


@pytest.mark.parametrize(
    "name", ["credentials/none", "../pyproject", "/etc/passwd", "credentials", "", "a/../b", "a\\b"]
)
def test_a_name_that_is_no_schema_is_refused(name: str) -> None:
    with pytest.raises(LookupError):
        resources.schema(name)
