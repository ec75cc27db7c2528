import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.vault.vault import Vault
from drive.vault import add, ids


def test_threads_that_change_one_vault_lose_nothing(vault: Vault) -> None:
    threads = [threading.Thread(target=add, args=(vault, f"t{number}")) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, ids(vault))) == sorted(f"t{number}" for number in range(12))


def test_processes_that_change_one_vault_lose_nothing(
    vault: Vault, named: dict[str, str], tmp_path: Path
) -> None:
    here = Path(__file__).parent
    surroundings = dict(os.environ) | named | {"PYTHONPATH": str(here.parents[2])}
    commands = [[sys.executable, str(here / "add_records.py"), str(tmp_path), name, "10"] for name in "abcd"]
    processes = [subprocess.Popen(command, env=surroundings) for command in commands]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0, 0]
    assert set(ids(vault)) == {f"{name}-{number}" for name in "abcd" for number in range(10)}
    assert vault.read().generation == 40


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked there")
def test_a_kill_during_a_save_loses_nothing_that_was_acknowledged(
    run_script: Callable[..., str], tmp_path: Path
) -> None:
    seen = json.loads(run_script("kill_saves.py", str(tmp_path), "60"))
    assert seen.pop("acknowledged") > 60
    assert seen == {"kills": 60, "unreadable": 0, "lost": 0}


def test_opening_with_a_named_key_loads_neither_keyring_nor_the_lock(
    vault: Vault, tmp_path: Path, named: dict[str, str]
) -> None:
    add(vault, "a")
    program = (
        "import sys, pathlib\n"
        "from backend.vault.vault import Vault\n"
        "from backend.vault.keys import KeySource\n"
        "folder = pathlib.Path(sys.argv[1]); Vault(folder, KeySource(folder)).read()\n"
        "print(sorted({'keyring', 'filelock', 'secretstorage', 'jeepney'} & set(sys.modules)))"
    )
    surroundings = dict(os.environ) | named | {"PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
