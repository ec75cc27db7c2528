"""Make a vault beside a file-based keyring: `file_backend.py FOLDER`. Prints what was written."""

import json
import os
import sys
from pathlib import Path

import keyring

from backend.vault.keys import KeySource
from backend.vault.vault import Vault


def main(folder: Path) -> dict[str, object]:
    chosen = type(keyring.get_keyring()).__module__
    vault = Vault(folder, KeySource(folder, environ={}))
    vault.change(lambda _: [{"id": "a"}])
    home = Path(os.environ["HOME"])
    written = [path.name for path in home.rglob("*") if path.is_file() and folder not in path.parents]
    return {"chosen": chosen, "types": [slot.type for slot in vault.status().slots], "written": written}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
