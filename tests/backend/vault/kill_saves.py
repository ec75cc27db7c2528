"""Kill savers with SIGKILL, again and again, and look at the vault after each: `kill_saves.py FOLDER TIMES`.

Prints `{"kills", "unreadable", "lost", "acknowledged"}`. A save is acknowledged once its process has said so.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from backend.vault.errors import VaultError
from backend.vault.keys import KeySource
from backend.vault.vault import Vault

ENVIRON = {"LOOPI_VAULT_KEY": "5a" * 32}


def save_forever(vault: Vault, pipe: int) -> None:
    while True:
        done = vault.change(lambda records: [*records[-20:], {"id": str(len(records)), "filler": "x" * 3000}])
        os.write(pipe, done.generation.to_bytes(8, "big"))


def kill_one(vault: Vault, *, saves: int, wait_s: float) -> int:
    """The last generation that was acknowledged by a saver killed some time after `saves` saves."""
    reading, writing = os.pipe()
    process_id = os.fork()
    if process_id == 0:
        os.close(reading)
        save_forever(vault, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        acknowledged = pipe.read(8 * saves)
        until = time.perf_counter() + wait_s
        while time.perf_counter() < until:
            pass
        os.kill(process_id, signal.SIGKILL)
        os.waitpid(process_id, 0)
        acknowledged += pipe.read()
    return int.from_bytes(acknowledged[-8:], "big")


def main(folder: Path, times: int) -> dict[str, int]:
    chance = random.Random(20240229)
    counts = {"kills": 0, "unreadable": 0, "lost": 0, "acknowledged": 0}
    vault = Vault(folder, KeySource(folder, environ=ENVIRON))
    vault.change(lambda records: records)
    for _ in range(times):
        last = kill_one(vault, saves=chance.randint(1, 3), wait_s=chance.uniform(0, 0.004))
        counts["kills"] += 1
        counts["acknowledged"] = last
        try:
            vault.lock()
            counts["lost"] += vault.read().generation < last
        except VaultError:
            counts["unreadable"] += 1
    return counts


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
