"""What is imported is declared, what is declared is imported, locked with hashes and accounted for."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from shape.tree import PRODUCT, ROOT, read, sources, table

LOCKS = tuple(f"build/requirements/{name}.txt" for name in ("run", "dev", "node", "package"))
# `from servers.x_api import …`: what lies in tests/ and beside a script is found by its own name
OWN = {*PRODUCT, "build", *(path.stem for folder in ("tests", "build") for path in (ROOT / folder).iterdir())}


# what the system's own package manager installs, and only it can
OF_THE_SYSTEM = {"gi"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name)[0]).lower()


@cache
def declared(*groups: str) -> frozenset[str]:
    """Distribution names. `run` is what the program needs, the others are the file's extras and groups."""
    project = tomllib.loads(read("pyproject.toml"))
    extras = project["project"]["optional-dependencies"]
    lists = {"run": project["project"]["dependencies"], **extras, **project["dependency-groups"]}
    return frozenset(normal(item) for group in groups for item in lists[group])


@cache
def distributions() -> dict[str, str]:
    """What is imported → the distribution it comes from."""
    return {module: normal(names[0]) for module, names in packages_distributions().items()}


def imported(*folders: str) -> dict[str, str]:
    """Third-party distributions → a place that imports them, wherever in a file the import stands."""
    found: dict[str, str] = {}
    for source in sources(*folders):
        names = [(alias.name, node) for node in source.nodes(ast.Import) for alias in node.names]
        froms = [(node.module or "", node) for node in source.nodes(ast.ImportFrom) if not node.level]
        for name, node in [*names, *froms]:
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names and top not in OWN:
                found.setdefault(distributions().get(top, top), f"{source.at(node)} {top}")
    return found


# Read by the standard library's zoneinfo where the system keeps no time zones.
DATA = {"tzdata"}


def test_what_the_product_imports_is_declared() -> None:
    known = declared("run", "qt") | OF_THE_SYSTEM
    missing = [place for name, place in imported(*PRODUCT).items() if name not in known]
    assert not missing, table(missing)


def test_what_is_declared_is_imported_by_the_product() -> None:
    unused = declared("run") - imported(*PRODUCT).keys() - DATA
    assert not unused, table(sorted(unused))


def test_what_tests_and_build_import_is_declared() -> None:
    known = declared("run", "build", "dev", "qt") | OF_THE_SYSTEM
    missing = [place for name, place in imported("tests", "build").items() if name not in known]
    assert not missing, table(missing)


def pins(lock: str) -> dict[str, str]:
    """Name → the lines of its pin, hashes included."""
    blocks = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", read(lock)))
    return {normal(block): block for block in blocks if block.strip()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(lock: str) -> None:
    pin = re.compile(r"[\w.-]+==\S+( ;[^\\]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n?)+")
    loose = [name for name, block in pins(lock).items() if not pin.fullmatch(block)]
    assert not loose, table(loose)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_fetch_from(lock: str) -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted| @ ", read(lock))


def test_everything_declared_is_locked() -> None:
    missing = (declared("run", "build") - pins(LOCKS[0]).keys()) | (declared("dev") - pins(LOCKS[1]).keys())
    missing |= declared("qt") - pins("build/requirements/qt.txt").keys()
    missing |= (declared("node") - pins(LOCKS[2]).keys()) | (
        declared("run", "package") - pins(LOCKS[3]).keys()
    )
    assert not missing, table(sorted(missing))


@pytest.mark.parametrize("lock", [LOCKS[1], LOCKS[3]])
def test_tests_run_on_the_versions_that_users_run_on(lock: str) -> None:
    run, other = pins(LOCKS[0]), pins(lock)
    # What a dependency wants on some systems only, an extra may want on all.
    apart = [name for name, block in run.items() if block.split()[0] != other.get(name, "-").split()[0]]
    assert not apart, table(apart)


def test_every_dependency_is_accounted_for() -> None:
    page = {
        normal(row)
        for row in re.findall(r"^\| `([^`]+)`", read("docs/decisions/dependencies.md"), re.MULTILINE)
    }
    known = declared("run", "qt", "build", "node", "package", "dev")
    assert page == known, table(sorted(page ^ known))
