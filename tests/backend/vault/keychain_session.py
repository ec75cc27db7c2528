"""One life of a vault beside a real Secret Service; run under dbus-run-session with a HOME of its own.

`keychain_session.py FOLDER SCENARIO` prints what happened as JSON.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import secretstorage

from backend.vault.errors import VaultError
from backend.vault.keychain import Keychain
from backend.vault.keys import KeySource
from backend.vault.vault import Vault

Seen = dict[str, object]


def start_keyring() -> subprocess.Popen[bytes]:
    command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    daemon = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert daemon.stdin is not None
    daemon.stdin.write(b"a password")
    daemon.stdin.close()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if has_open_collection():
            return daemon
        time.sleep(0.02)
    raise TimeoutError("the keyring did not come up")


def has_open_collection() -> bool:
    """Whether the login keyring is there and open: the service is on the bus a moment before it has one."""
    # Asking the service itself would start a second one, without our password.
    bus = ("--dest=org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner")
    ask = ["dbus-send", "--session", "--print-reply", *bus, "string:org.freedesktop.secrets"]
    if b"boolean true" not in subprocess.run(ask, capture_output=True, check=True, timeout=10).stdout:
        return False
    with contextlib.closing(secretstorage.dbus_init()) as connection:
        try:
            collection = secretstorage.Collection(connection, "/org/freedesktop/secrets/aliases/default")
        except secretstorage.exceptions.ItemNotFoundException:
            return False
        return not collection.is_locked()


def entries() -> dict[str, str]:
    """User name → value of every entry of our service, read past the product."""
    collection = secretstorage.get_default_collection(secretstorage.dbus_init())
    items = collection.search_items({"service": "loopi"})
    return {item.get_attributes()["username"]: item.get_secret().decode() for item in items}


def new_vault(folder: Path) -> Vault:
    return Vault(folder, KeySource(folder, environ={}, keychain=Keychain(timeout_s=3)))


def code_of(action: Callable[[], object]) -> str:
    try:
        action()
    except VaultError as error:
        return error.code
    return ""


def live(folder: Path, daemon: subprocess.Popen[bytes]) -> Seen:
    vault = new_vault(folder)
    vault.change(lambda _: [{"id": "a"}])
    first = entries()
    slots = [(slot.type, slot.kid) for slot in vault.status().slots]
    reopened = [record["id"] for record in new_vault(folder).read().credentials]
    vault.set_passphrase("open sesame")
    during = entries()
    vault.remove_passphrase(current="open sesame")
    last = entries()
    again = [record["id"] for record in new_vault(folder).read().credentials]
    seen = {
        "first": first,
        "slots": slots,
        "reopened": reopened,
        "during": during,
        "last": last,
        "again": again,
    }
    return seen | {"key_file": (folder / "vault.key").exists(), "source": vault.status().source}


def lock(folder: Path, daemon: subprocess.Popen[bytes]) -> Seen:
    new_vault(folder).change(lambda _: [{"id": "a"}])
    before = (folder / "credentials.json.enc").read_bytes()
    secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
    code = code_of(new_vault(folder).read)
    empty = folder / "empty"
    first_save = code_of(lambda: new_vault(empty).change(lambda _: [{"id": "b"}]))
    kept = before == (folder / "credentials.json.enc").read_bytes()
    return {"code": code, "first_save": first_save, "kept": kept, "key_file": (empty / "vault.key").exists()}


def hang(folder: Path, daemon: subprocess.Popen[bytes]) -> Seen:
    new_vault(folder).change(lambda _: [{"id": "a"}])
    os.kill(daemon.pid, signal.SIGSTOP)
    code = code_of(new_vault(folder).read)
    os.kill(daemon.pid, signal.SIGCONT)
    return {"code": code, "after": new_vault(folder).read().generation}


def lose(folder: Path, daemon: subprocess.Popen[bytes]) -> Seen:
    new_vault(folder).change(lambda _: [{"id": "a"}])
    collection = secretstorage.get_default_collection(secretstorage.dbus_init())
    for item in collection.search_items({"service": "loopi"}):
        item.delete()
    return {"code": code_of(new_vault(folder).read)}


def fail(folder: Path, daemon: subprocess.Popen[bytes]) -> Seen:
    def forbid(_: list[dict[str, object]]) -> list[dict[str, object]]:
        # The folder of the vault vanishes between the lock and the save.
        (folder / "gone").rename(folder / "elsewhere")
        return []

    code = code_of(lambda: new_vault(folder / "gone").change(forbid))
    return {"code": code, "entries": entries()}


SCENARIOS = {"live": live, "lock": lock, "hang": hang, "lose": lose, "fail": fail}


def main(folder: Path, scenario: str) -> Seen:
    daemon = start_keyring()
    try:
        return SCENARIOS[scenario](folder, daemon)
    finally:
        daemon.terminate()
        daemon.wait(timeout=10)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
    sys.stdout.flush()
    os._exit(0)  # a keychain that hangs must not keep this process
