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
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # hatchling calls an editable install a version too; a copy made there would go stale.
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "PKG-INFO").is_file():
            build_page(root)
        if self.target_name == "wheel":
            build_data["force_include"] |= {str(root / name): target for name, target in DATA_FOLDERS.items()}


def build_page(root: Path) -> None:
    done = subprocess.run([sys.executable, str(root / "build" / "ui.py")], stdout=sys.stderr, check=False)
    if done.returncode:
        raise OSError("The page could not be built. What was said about it stands above.")
