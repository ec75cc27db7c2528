"""Puts schemas/ and examples/ into the wheel. An editable install reads the checkout's own."""

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
        build_data["force_include"] |= {str(root / name): target for name, target in DATA_FOLDERS.items()}
