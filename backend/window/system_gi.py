"""Lets a virtual environment see the system's PyGObject, and nothing else of the system's packages.

PyGObject has no wheels, and a distribution builds it for its own Python: taken where that is this Python.
"""

import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec, PathFinder
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

NAMES = frozenset({"gi", "cairo"})
_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
FOLDERS = (
    Path("/usr/lib/python3/dist-packages"),
    Path("/usr/lib64", _VERSION, "site-packages"),
    Path("/usr/lib", _VERSION, "site-packages"),
)


class SystemFinder:
    """Finds the packages of NAMES in one folder, and no other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """For sys.meta_path."""
        return PathFinder.find_spec(name, [str(self.folder)]) if name in NAMES else None


def see_system_gi(folders: Iterable[Path] = FOLDERS) -> bool:
    """Make `import gi` work where it can. True when it does."""
    if find_spec("gi") is not None:
        return True
    fitting = next(filter(_fits, folders), None)
    if fitting is None:
        return False
    sys.meta_path.append(SystemFinder(fitting))
    return True


def _fits(folder: Path) -> bool:
    """Whether its PyGObject was built for this very Python."""
    own = [suffix for suffix in EXTENSION_SUFFIXES if suffix != ".so"]
    return any((folder / "gi" / f"_gi{suffix}").is_file() for suffix in own)
