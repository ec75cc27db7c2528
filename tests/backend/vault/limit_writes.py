"""Let every save of a vault fail after n bytes, for every n: `limit_writes.py FOLDER`. Prints the sum."""

import json
import resource
import sys
from pathlib import Path

from backend.vault.errors import VaultError
from backend.vault.keys import KeySource
from backend.vault.vault import Vault

ENVIRON = {"LOOPI_VAULT_KEY": "5a" * 32}


def outcome(vault: Vault, limit_bytes: int) -> str:
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, hard))
    try:
        vault.change(lambda records: [*records, {"id": "second"}])
    except VaultError as error:
        return error.code
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    return "saved"


def main(folder: Path) -> dict[str, object]:
    vault = Vault(folder, KeySource(folder, environ=ENVIRON))
    vault.change(lambda _: [{"id": "first"}])
    data = (folder / "credentials.json.enc").read_bytes()
    codes, changed, left_over = set(), 0, 0
    for limit in range(len(data)):
        codes.add(outcome(vault, limit))
        changed += (folder / "credentials.json.enc").read_bytes() != data
        left_over += len(list(folder.glob("*.tmp.*")))
    vault.lock()
    opened = [record["id"] for record in vault.read().credentials]
    return {
        "tried": len(data),
        "codes": sorted(codes),
        "changed": changed,
        "left_over": left_over,
        "opened": opened,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
