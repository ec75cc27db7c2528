"""What a module may not be called, and what every module begins with."""

import ast
from pathlib import PurePosixPath

from shape.tree import PRODUCT, ROOT, WRITTEN, files, sources, table

# Names that say nothing about what is inside, and so draw everything in.
EMPTY_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "misc",
    "shared",
    "tools",
}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        s.path for s in sources(*WRITTEN) if EMPTY_NAMES & set(PurePosixPath(s.path).with_suffix("").parts)
    ]
    assert not vague, table(vague)


def test_every_module_of_the_product_says_first_what_it_is_for() -> None:
    silent = [s.path for s in sources(*PRODUCT, "build") if not (ast.get_docstring(s.module) or "").strip()]
    assert not silent, table(silent)


def test_every_folder_of_the_product_is_a_package() -> None:
    folders = {str(PurePosixPath(source.path).parent) for source in sources(*PRODUCT)}
    bare = sorted(folder for folder in folders if not (ROOT / folder / "__init__.py").is_file())
    assert not bare, table(bare)


def test_no_folder_of_tests_or_build_is_a_package() -> None:
    # tests/engine/__init__.py would make `engine` mean the tests.
    packages = [
        name for name in files() if name.startswith(("tests/", "build/")) and name.endswith("/__init__.py")
    ]
    assert not packages, table(packages)
