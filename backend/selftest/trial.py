"""One self-test: the program in a temporary home, and its checks one after the other."""

import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from backend.app import App, open_app
from backend.selftest.stand_in import StandIn

LIMIT_S = 90.0
# The user's own folder and keys, and proxies, which know nothing of this machine's loopback.
_STEERS = re.compile(r"LOOPI_.*|.*_proxy", re.IGNORECASE)
CREDENTIAL = "Self-test"
X_CREDENTIAL = "Self-test of X"


class Failed(Exception):
    """A check found that something is not as it must be. Words for a person."""


class NotAvailable(Exception):
    """What a check would look at is not on this machine, and need not be. Words for a person."""


@dataclass(frozen=True)
class Trial:
    """What the checks share: a home of their own, a service on loopback, and a secret nobody else has."""

    home: Path
    stand_in: StandIn
    secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    key: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)

    @property
    def environ(self) -> Mapping[str, str]:
        """All that the program is told. The named key keeps it away from the keychain."""
        return {
            "LOOPI_HOME": str(self.home),
            "LOOPI_VAULT_KEY": self.key,
            "LOOPI_X_BASE_URL": self.stand_in.url,
        }

    def start(
        self, *arguments: str, environ: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """This program once more, in a process of its own, until it ends. Raises Failed when it does not."""
        own = {name: value for name, value in os.environ.items() if not _STEERS.fullmatch(name)}
        program = [sys.executable] if is_frozen() else [sys.executable, "-m", "backend.cli"]
        try:
            return subprocess.run(  # noqa: S603 - this program itself
                [*program, *arguments],
                env={**own, **self.environ, **(environ or {})},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise Failed(f"it did not end within {LIMIT_S:.0f} s") from late

    def open(self) -> App:
        """The program as if it had just been started."""
        return open_app(self.environ)

    def shows_secret(self) -> list[str]:
        """The names of the files in the home that hold the secret in the clear."""
        files = [file for file in sorted(self.home.rglob("*")) if file.is_file()]
        return [file.name for file in files if self.secret.encode() in file.read_bytes()]


def is_frozen() -> bool:
    """Whether this is a bundle, which brings everything along."""
    return hasattr(sys, "frozen")


def last_word(done: "subprocess.CompletedProcess[str]") -> str:
    """How a process ended, and the last line of what it said about it."""
    said = next(iter(done.stderr.strip().splitlines()[-1:]), "it said nothing")
    return f"ended with {done.returncode}: {said}"


Check: TypeAlias = Callable[[Trial], str]
"""Says what it saw. Raises NotAvailable, Failed, or whatever else went wrong."""


@contextmanager
def a_trial() -> Iterator[Trial]:
    with tempfile.TemporaryDirectory(prefix="loopi-selftest-") as folder, StandIn() as stand_in:
        yield Trial(Path(folder, "home"), stand_in)


def require(is_so: object, otherwise: str) -> None:
    """Raises Failed with these words, unless it is so."""
    if not is_so:
        raise Failed(otherwise)


def carry_out(checks: Mapping[str, Check], say: Callable[[str], None]) -> bool:
    """Carry out all of them, one line each. True when none failed."""
    with a_trial() as trial:
        outcomes = [_carry_out(name, check, trial, say) for name, check in checks.items()]
    return all(outcomes)


def _carry_out(name: str, check: Check, trial: Trial, say: Callable[[str], None]) -> bool:
    # In a thread of its own: whatever it raises comes back as a value, and the next one has its turn.
    with ThreadPoolExecutor(1) as executor:
        work = executor.submit(check, trial)
    error = work.exception()
    if error is None:
        say(f"ok      {name}: {work.result()}")
    elif isinstance(error, NotAvailable):
        say(f"absent  {name}: {error}")
    elif isinstance(error, Failed):
        say(f"failed  {name}: {error}")
    else:
        say(f"failed  {name}: {type(error).__name__}: {error}")
    return error is None or isinstance(error, NotAvailable)
