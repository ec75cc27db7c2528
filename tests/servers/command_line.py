"""The command line as tests start it: the real command in a process, with a folder and a key of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
KEY = "5a" * 32
API_KEY = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended. `json` is its stdout as one document, `events` as one per line."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - a test knows the shape
        return json.loads(self.out)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def error(self) -> str:
        """The code in `{"ok": false, "error": {"code", …}}`."""
        assert self.json["ok"] is False
        return str(self.json["error"]["code"])


@dataclass(slots=True)
class Cli:
    """`cli("run", "x.json", stdin="…")` starts the real command. `secrets` must never be printed."""

    home: Path
    secrets: list[str] = field(default_factory=lambda: [KEY, API_KEY])
    printed: list[str] = field(default_factory=list)

    def __call__(
        self, *arguments: str, stdin: str = "", environ: Mapping[str, str | None] | None = None
    ) -> Ended:
        done = subprocess.run(
            self.command(*arguments),
            input=stdin.encode(),
            capture_output=True,
            env=self.environ(environ),
            cwd=ROOT,
            check=False,
            timeout=60,
        )
        ended = Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
        self.printed += [ended.out, ended.err, *arguments]
        assert "Traceback" not in ended.err
        return ended

    def command(self, *arguments: str) -> Sequence[str]:
        return (sys.executable, "-m", "backend.cli", *arguments)

    def environ(self, changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """This process's environment without what would steer the command; None takes a variable away."""
        kept = {name: value for name, value in os.environ.items() if "LOOPI_" not in name}
        chosen = {**kept, "LOOPI_HOME": str(self.home), "LOOPI_VAULT_KEY": KEY, **(changes or {})}
        return {name: value for name, value in chosen.items() if value is not None}

    def add(self, name: str, fields: Mapping[str, object], *options: str, type_id: str = "apiKey") -> str:
        """Save a credential and return its id."""
        done = self(
            *("credentials", "add", "--type", type_id, "--name", name, "--stdin", "--json", *options),
            stdin=json.dumps(fields),
        )
        assert done.code == 0, done
        return str(done.json["id"])

    def file(self, name: str, *steps: object, **fields: object) -> str:
        """An automation's file in the folder above the command's own."""
        path = self.home.parent / f"{name}.json"
        base = {"format": "loopi-automation/1", "id": name, "name": name.title(), "steps": steps}
        path.write_text(json.dumps({**base, **fields}))
        return str(path)
