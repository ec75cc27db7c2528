"""`loopi` as a process with a folder of its own, for tests that look at what it leaves behind."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from canary import traces

KEY = "5a" * 32


@dataclass
class CommandLine:
    """`loopi` with a folder of its own; keeps all that it printed."""

    home: Path
    printed: list[bytes] = field(default_factory=list)

    def __call__(self, *arguments: str, given: str = "") -> int:
        done = subprocess.run(
            [sys.executable, "-m", "backend.cli", *arguments],
            env=self.environ,
            input=given.encode(),
            capture_output=True,
            check=False,
        )
        self.printed += [done.stdout, done.stderr]
        return done.returncode

    @property
    def environ(self) -> dict[str, str]:
        return {**os.environ, "LOOPI_HOME": str(self.home), "LOOPI_VAULT_KEY": KEY, **self.more}

    more: dict[str, str] = field(default_factory=dict)

    def add(self, credential_type: str, name: str, fields: Mapping[str, str], *hosts: str) -> None:
        allowed = [argument for host in hosts for argument in ("--allow-host", host)]
        code = self(
            "credentials",
            "add",
            "--type",
            credential_type,
            "--name",
            name,
            "--stdin",
            *allowed,
            given=json.dumps(fields),
        )
        assert code == 0, self.printed[-1].decode()

    def findings(self, secrets: Mapping[str, str]) -> list[str]:
        """Where a form of a secret stands: the name of the secret and of the file."""
        files = {
            str(file.relative_to(self.home)): file.read_bytes()
            for file in self.home.rglob("*")
            if file.is_file()
        }
        places = {**files, "what was printed": b"\n".join(self.printed)}
        return [
            f"{name} in {place}: {form!r}"
            for name, secret in secrets.items()
            for form in traces(secret)
            for place, content in places.items()
            if form in content
        ]
