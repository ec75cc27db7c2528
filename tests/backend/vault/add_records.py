"""Add records to a vault, one save each: `add_records.py FOLDER NAME COUNT`."""

import sys
from pathlib import Path

from backend.vault.keys import KeySource
from backend.vault.vault import Vault


def main(folder: Path, name: str, count: int) -> None:
    vault = Vault(folder, KeySource(folder), lock_timeout_s=60)
    for number in range(count):
        record = {"id": f"{name}-{number}"}
        vault.change(lambda records, record=record: [*records, record])  # type: ignore[misc]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
