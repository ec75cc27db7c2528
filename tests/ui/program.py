"""`loopi serve` as a process with a folder of its own, and what it shall have saved before."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from backend.app import App
from backend.places import Places
from servers.command_line import KEY, ROOT

LIMIT_S = 60.0


class Program:
    """Running between `with` and its end. `link` lets one browser in, once.

    What is added before the vault is first read decides its key: the key of the tests, else `passphrase`.
    """

    starts: Sequence[str] = ("-m", "backend.cli")
    arguments: Sequence[str] = ("serve", "--no-browser")
    begins = re.compile(r"http://127\.0\.0\.1:\d+/\?\S+")
    """What it prints when it can be visited."""

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
        command = [sys.executable, "-u", *self.starts, *self.arguments]
        self.process = subprocess.Popen(
            command,
            env=self.environ,
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.link = self.hear(self.begins)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        try:
            self.process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise

    def hear(self, expected: re.Pattern[str]) -> str:
        """The next of this that it prints. Without one it is ended, and what it said is shown."""
        assert self.process.stdout is not None
        too_late = threading.Timer(LIMIT_S, self.process.kill)
        too_late.start()
        printed: list[str] = []
        for line in self.process.stdout:
            printed.append(line)
            found = expected.search(line)
            if found:
                too_late.cancel()
                return found[0]
        too_late.cancel()
        self.process.communicate()
        raise AssertionError(
            f"loopi {self.arguments[0]} did not say {expected.pattern}:\n" + "".join(printed)
        )
