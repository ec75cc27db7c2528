"""What the vault takes: find, list, save, load and open, at several sizes, and the key derivation.

The peer is a prototype of the format (docs/vault-format.md), by the numbers it reached once on two cores.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bench.home import Home, a_home
from bench.row import Row
from bench.scale import Scale

if TYPE_CHECKING:
    from backend.app import App

PROTOTYPE = "prototype, another run"
# size → milliseconds of the prototype
SAVE: Mapping[int, float] = {10: 0.9, 1000: 5.6, 10_000: 80}
LOAD: Mapping[int, float] = {10: 0.14, 1000: 2.4, 10_000: 38}
FROM_MEMORY = 0.01
DERIVATION: Mapping[int, float] = {100_000: 17, 600_000: 96}


def rows(scale: Scale) -> list[Row]:
    """Milliseconds of wall-clock time: saving waits for the disk."""
    found = [row for size in scale.vault_sizes for row in _sized(size, scale)]
    return [*found, _import(scale), *(_derivation(iterations, scale) for iterations in DERIVATION)]


def _sized(size: int, scale: Scale) -> list[Row]:
    with filled(size) as (app, home):
        vault, service = app.vault, app.credentials
        reference = str(vault.read().credentials[size // 2]["id"])
        file, name = vault.status().path, f"vault of {size:,}"

        def load() -> None:
            os.utime(file)  # as if another process had saved
            vault.read()

        def open_vault() -> None:
            _app(home).vault.read()

        def save() -> None:
            service.rename(reference, f"renamed {secrets.token_hex(4)}")

        return [
            Row(f"{name}: read from memory", "ms", _best(vault.read, scale), FROM_MEMORY, PROTOTYPE),
            Row(f"{name}: find one by its id", "ms", _best(lambda: service.find(reference), scale)),
            Row(f"{name}: list all", "ms", _best(service.list, scale)),
            Row(f"{name}: load", "ms", _best(load, scale), LOAD[size], PROTOTYPE),
            Row(f"{name}: change one and save", "ms", _best(save, scale), SAVE[size], PROTOTYPE),
            Row(f"{name}: open, with the key derivation", "ms", _best(open_vault, scale)),
        ]


@contextmanager
def filled(size: int) -> Iterator[tuple["App", Home]]:
    """A program with a vault of so many API keys, and its home."""
    with a_home("http://127.0.0.1:9") as home:
        app = _app(home)
        fields = {"apiKey": secrets.token_hex(16), "apiUrl": "https://api.example.com/v1/"}
        app.credentials.add("apiKey", "credential 0", fields)

        def multiply(records: list[dict[str, object]]) -> list[dict[str, object]]:
            first = records[0]
            return [{**first, "id": secrets.token_hex(16), "name": f"credential {n}"} for n in range(size)]

        app.vault.change(multiply)
        yield app, home


def _app(home: Home) -> "App":
    from backend.app import open_app

    return open_app(home.environ)


def _import(scale: Scale) -> Row:
    """As `loopi import` saves what it found: each round into a vault of its own."""
    from backend.adapters.imports import save_imported
    from backend.importers.imported import Imported, NewCredential
    from engine.secrets import Secret

    each = [NewCredential(f"KEY {n}", "custom", {"key": Secret("k" * 32)}) for n in range(scale.credentials)]
    times = []
    for _ in range(min(scale.rounds, 5)):
        with a_home("http://127.0.0.1:9") as home:
            app = _app(home)
            app.credentials.list()
            started = time.perf_counter()
            save_imported(app.automations, app.credentials, Imported((), tuple(each)))
            times.append(time.perf_counter() - started)
    return Row(f"vault: import {scale.credentials:,} credentials", "ms", min(times) * 1000)


def _derivation(iterations: int, scale: Scale) -> Row:
    from backend.vault.kdf import stretch

    secret, salt = secrets.token_bytes(32), secrets.token_bytes(32)
    ours = _best(lambda: stretch(secret, salt, iterations=iterations), scale)
    peer = _best(lambda: hashlib.pbkdf2_hmac("sha256", secret, salt, iterations), scale)
    note = f"prototype {DERIVATION[iterations]:g} ms"
    return Row(f"PBKDF2, {iterations:,} iterations", "ms", ours, peer, "hashlib", note=note)


def _best(act: Callable[[], object], scale: Scale) -> float:
    """The least time of one call in ms. Quick ones are called often, so that the clock is fine enough."""
    act()
    started = time.perf_counter()
    act()
    often = min(1000, max(1, int(0.005 / (time.perf_counter() - started))))
    times = []
    for _ in range(scale.rounds):
        started = time.perf_counter()
        for _ in range(often):
            act()
        times.append((time.perf_counter() - started) / often)
    return min(times) * 1000
