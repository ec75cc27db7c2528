"""What stands at the top level, what `make` offers, and what no file tells about the machine it came from."""

import re
import shutil
import subprocess

import pytest

from shape.tree import ROOT, files, read, table

REQUIRED = {"pyproject.toml", "backend", "schemas", "engine", "tests", "build", "README.md"} | {
    *("docs", "examples", "Makefile", ".ci", "LICENSE")
}
ALLOWED = REQUIRED | {"ui"}
VERBS = ["run", "demo", "serve", "test", "check", "bench", "screens", "package", "generate"]

# Brackets keep each pattern from matching its own line.
PLACES = {
    "a package registry": r"pypi[.]org|pythonhosted[.]org|npmjs[.](org|com)|crates[.]io|proxy[.]golang[.]org",
    "a system's mirror": r"(deb|security|archive)[.](debian|ubuntu)[.](org|com)|dl-cdn[.]alpinelinux",
    "a folder of one machine": r"(?<![\w.])/(work|root|opt/wheels)/|/(home|Users)/(?!me\b|you\b|user\b)\w",
}


def test_the_top_level_is_the_fixed_list() -> None:
    names = {name.split("/")[0] for name in files()}
    extra = {name for name in names - ALLOWED if not name.startswith(".")}
    assert not extra, table(sorted(extra))
    assert names >= REQUIRED, table(sorted(REQUIRED - names))


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_alone_lists_its_verbs() -> None:
    done = subprocess.run(["make", "-s"], cwd=ROOT, check=True, capture_output=True, text=True)
    assert re.findall(r"^  make ([a-z]+)\t\w", done.stdout, re.MULTILINE) == VERBS


def test_the_usual_traps_of_gitignore_are_not_in_ours() -> None:
    lines = read(".gitignore").splitlines()
    assert not {"build/", "build", "*.spec", "lib/", "dist/"} & set(lines)


@pytest.mark.parametrize("place", PLACES)
def test_no_file_names(place: str) -> None:
    pattern = re.compile(PLACES[place])
    found = [
        name for name in files() if pattern.search((ROOT / name).read_bytes().decode("utf-8", "replace"))
    ]
    assert not found, table(found)
