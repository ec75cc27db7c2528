"""One call of the command line: its options, its standard input, and the program, opened when needed."""

import os
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from backend.cli.output import Output
from backend.cli.prompt import UsageProblem, ask_secret, has_terminal

if TYPE_CHECKING:
    from backend.app import App

MAX_STDIN_BYTES = 16 * 1024 * 1024
_INSTEAD = (
    "Give it with --passphrase-stdin, or name a key in LOOPI_VAULT_KEY_FILE or LOOPI_VAULT_PASSPHRASE_FILE."
)


class Session:
    """What a command works with. Opening the program is left to the first command that asks for `app`."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.passphrase_from_stdin = False
        self.typed = ""

    @cached_property
    def passphrase(self) -> str | None:
        """The first line of standard input when `--passphrase-stdin` was given."""
        if not self.passphrase_from_stdin:
            return None
        if sys.stdin.isatty():
            return ask_secret("Passphrase", instead=_INSTEAD)
        line = sys.stdin.buffer.readline(MAX_STDIN_BYTES)
        if not line:
            raise UsageProblem(
                "usage.no_passphrase", "Standard input ended before the passphrase.", hint=_INSTEAD
            )
        return decode(line.rstrip(b"\r\n"), what="The passphrase")

    @cached_property
    def app(self) -> "App":
        """The program. Its vault is opened by whoever asks for a credential, not here."""
        from backend.app import open_app
        from backend.store.errors import reason

        try:
            # A copy: what holds a key is taken out of the environment before other programs are started.
            return open_app(dict(os.environ), passphrase=self.passphrase, ask=self._asker())
        except OSError as error:
            raise UsageProblem(
                "usage.no_folder",
                f"The folder {error.filename} cannot be used: {reason(error)}.",
                hint="Correct its permissions, or name another folder in LOOPI_HOME.",
            ) from error

    def inspect(self, path: Path) -> dict[str, object]:
        """What is in a vault file, wherever it lies. Makes no folder and writes nothing."""
        from backend.adapters.vault import inspect
        from backend.places import Places

        directory = Places.from_environment(os.environ).vault_dir
        return inspect(path, directory, environ=os.environ, passphrase=self.passphrase, ask=self._asker())

    def read_stdin(self) -> str:
        """The rest of standard input: after the passphrase, when that came first. At most 16 MiB."""
        _ = self.passphrase
        content = sys.stdin.buffer.read(MAX_STDIN_BYTES + 1)
        if len(content) > MAX_STDIN_BYTES:
            raise UsageProblem(
                "usage.too_large", "Standard input is larger than 16 MiB.", hint="Give a smaller file."
            )
        return decode(content, what="Standard input")

    def read_line(self, *, instead: str) -> str:
        """The one line that is left of standard input. Raises UsageProblem with `instead` as what to do."""
        line, _, rest = self.read_stdin().partition("\n")
        if rest.strip():
            raise UsageProblem("usage.too_large", "Standard input holds more than one line.", hint=instead)
        return line.removesuffix("\r")

    def _asker(self) -> Callable[[], str] | None:
        return self._ask if has_terminal() else None

    def ask_present(self, *, instead: str) -> str:
        """The passphrase of the vault, typed. It is not asked for again to open the vault."""
        self.typed = ask_secret("Present passphrase", instead=instead)
        return self.typed

    def _ask(self) -> str:
        return self.typed or ask_secret("Passphrase of the vault", instead=_INSTEAD)


def session_of(context: typer.Context) -> Session:
    """The session that `program.run` made."""
    if not isinstance(context.obj, Session):
        raise TypeError("A command needs a session.")
    return context.obj


def decode(content: bytes, *, what: str) -> str:
    """UTF-8 text. Raises UsageProblem `usage.not_text`, without showing any of it."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        # `from None`: the exception holds the bytes.
        raise UsageProblem(
            "usage.not_text", f"{what} is not UTF-8 text (at byte {error.start}).", hint="Save it as UTF-8."
        ) from None
