"""Finds the files shipped with the program: in the source tree, in a wheel, or frozen by PyInstaller."""

import functools
import json
import sys
from collections.abc import Mapping
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def schemas() -> Path:
    """The folder of JSON Schemas."""
    return _folder("schemas", _bundle())


def examples() -> Path:
    """The folder of example automations."""
    return _folder("examples", _bundle())


def web() -> Path:
    """The folder of the built page: `index.html` and what it loads.

    Raises LookupError where it was not built, as in a fresh checkout.
    """
    bundle = _bundle()
    candidates = [_HERE / "web"] if bundle is None else [bundle / "web", bundle / "backend" / "web"]
    for folder in candidates:
        if (folder / "index.html").is_file():
            return folder
    raise LookupError(
        "The page is not built. In a checkout, `make serve` builds it; else install Loopi again."
    )


@functools.cache
def schema(kind_path: str) -> Mapping[str, object]:
    """One schema, read once: `schema("credentials/twitter")`, `schema("automation")`. Not to be changed.

    Raises LookupError when the program ships none of that name.
    """
    parts = kind_path.split("/")
    if not all(part.replace("-", "").replace("_", "").isalnum() for part in parts):
        raise LookupError(f"{kind_path!r} is no name of a schema.")
    file = schemas().joinpath(*parts[:-1], parts[-1] + ".schema.json")
    if not file.is_file():
        raise LookupError(f"There is no schema {kind_path!r}.")
    found: Mapping[str, object] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _bundle() -> Path | None:
    unpacked = getattr(sys, "_MEIPASS", None)
    return Path(unpacked) if unpacked else None


def _folder(name: str, bundle: Path | None, *, package: Path = _HERE) -> Path:
    """The first of the places where `name` may lie.

    The source tree comes last: beside an installed package, that name may belong to another project.
    """
    candidates = [package / name, package.parent / name]
    if bundle is not None:
        candidates[:0] = [bundle / name, bundle / "backend" / name]
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise LookupError(f"The program's folder {name!r} is missing. Install the program again.")
