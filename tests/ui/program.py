"""`loopi serve` as a process with a folder of its own, and what it shall have saved before."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from backend.app import App
from backend.places import Places
from servers.command_line import KEY, ROOT

LIMIT_S = 20.0


class Program:
    """Running between `with` and its end. `link` lets one browser in, once.

    What is added before the vault is first read decides its key: the key of the tests, else `passphrase`.
    """

    def __init__(self, home: Path, *, passphrase: str | None = None) -> None:
        places = Places(home)
        places.create()
        key = {} if passphrase else {"LOOPI_VAULT_KEY": KEY}
        # BROWSER: no browser of this machine's is opened, whoever asks for one.
        self.environ: Mapping[str, str] = {**os.environ, "LOOPI_HOME": str(home), "BROWSER": "true", **key}
        asked = {"LOOPI_VAULT_PASSPHRASE": passphrase} if passphrase else {}
        self.app = App(places, {**self.environ, **asked})
        self.link = ""

    @property
    def url(self) -> str:
        """Where the page is, for a browser that was let in."""
        return self.link.split("?")[0]

    def add(self, credential_type: str, name: str, **fields: str) -> str:
        """Save a credential, before or while the program runs; return its id."""
        return str(self.app.credentials.add(credential_type, name, fields).entry["id"])

    def add_example(self, name: str) -> str:
        """Save an automation of examples/; return its id."""
        return self.app.automations.save(json.loads((ROOT / "examples" / name).read_text("utf-8")))

    def __enter__(self) -> Self:
        command = [sys.executable, "-u", "-m", "backend.cli", "serve", "--no-browser"]
        self._process = subprocess.Popen(
            command, env=self.environ, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.link = self._read_link()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
            raise

    def _read_link(self) -> str:
        """The first link that is printed. A program that prints none is ended, and what it said is shown."""
        assert self._process.stdout is not None
        too_late = threading.Timer(LIMIT_S, self._process.kill)
        too_late.start()
        printed: list[str] = []
        for line in self._process.stdout:
            printed.append(line)
            found = re.search(r"http://127\.0\.0\.1:\d+/\?\S+", line)
            if found:
                too_late.cancel()
                return found[0]
        too_late.cancel()
        self._process.wait()
        raise AssertionError("loopi serve printed no link:\n" + "".join(printed))
