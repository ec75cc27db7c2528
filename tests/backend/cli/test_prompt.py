"""Questions on a real terminal (a pseudo-terminal): secrets are not echoed, Ctrl-C ends with 130."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from pathlib import Path
from typing import Self

import pytest

from backend.cli.prompt import UsageProblem, ask_text, confirm
from servers.command_line import API_KEY, ROOT, Cli

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
LIMIT_S = 30.0


# Makes the terminal the one that a new session is steered by, as a login does.
LEAD = (
    "import fcntl,os,sys,termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
)

# Asks, while another thread is the one that the signal reaches: the read itself is not interrupted.
ASKS = """
import signal, threading
from backend.cli.prompt import ask_text

def interrupt():
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)

threading.Timer(0.5, interrupt).start()
try:
    ask_text("Name", instead="")
except KeyboardInterrupt:
    print("interrupted")
"""


class Terminal:
    """A command on a terminal of its own. `screen` is all that was ever shown."""

    def __init__(self, cli: Cli, *arguments: str, **environ: str | None) -> None:
        self.screen = ""
        self._read_to = 0
        self._terminal, other = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", LEAD, *cli.command(*arguments)],
            stdin=other,
            stdout=other,
            stderr=other,
            start_new_session=True,
            env=cli.environ({"TERM": "xterm", **environ}),
            cwd=ROOT,
        )
        os.close(other)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._terminal)
        self._process.kill()
        self._process.wait()

    def wait_for(self, text: str) -> None:
        """Read until the text is shown, after what was waited for before."""
        while text not in self.screen[self._read_to :]:
            assert self._read(), f"ended without {text!r}: {self.screen}"
        self._read_to = self.screen.index(text, self._read_to) + len(text)

    def type(self, text: str) -> None:
        os.write(self._terminal, text.encode())

    def echoes(self) -> bool:
        return bool(termios.tcgetattr(self._terminal)[3] & termios.ECHO)

    def kill(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def exit_code(self) -> int:
        """Read to the end."""
        while self._read():
            pass
        return self._process.wait()

    def _read(self) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], LIMIT_S)
        assert ready, f"nothing more was shown: {self.screen}"
        try:
            shown = os.read(self._terminal, 4096)
        except OSError:  # Linux: the other side has closed
            return False
        self.screen += shown.decode(errors="replace")
        return bool(shown)


def test_a_secret_is_typed_unseen_and_the_rest_is_seen(cli: Cli) -> None:
    with Terminal(cli, "credentials", "add", "--type", "basic", "--name", "Typed") as terminal:
        terminal.wait_for(": ")
        terminal.type("visible-user\n")
        terminal.wait_for("assword")
        terminal.wait_for(": ")
        assert not terminal.echoes()
        terminal.type(f"{API_KEY}\n")
        assert terminal.exit_code() == 0
    assert "visible-user" in terminal.screen
    assert API_KEY not in terminal.screen
    shown = cli("credentials", "show", "Typed", "--json").json["fields"]
    assert shown["password"] == {"set": True, "secret": True}
    assert shown["username"]["value"] == "visible-user"


def test_an_empty_answer_keeps_a_field_when_editing(cli: Cli) -> None:
    cli.add("A", {"username": "before", "password": API_KEY}, type_id="basic")
    with Terminal(cli, "credentials", "edit", "A") as terminal:
        terminal.wait_for("(empty keeps it): ")
        terminal.type("after\n")
        terminal.wait_for("(empty keeps it): ")
        terminal.type("\n")
        assert terminal.exit_code() == 0
    shown = cli("credentials", "show", "A", "--json").json["fields"]
    assert shown["username"]["value"] == "after"
    assert shown["password"]["set"] is True


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_leaving_at_a_prompt_saves_nothing_and_turns_the_echo_on_again(
    cli: Cli, number: signal.Signals, code: int
) -> None:
    with Terminal(cli, "credentials", "add", "--type", "twitter", "--name", "Never") as terminal:
        terminal.wait_for(": ")
        assert not terminal.echoes()
        terminal.kill(number)
        assert terminal.exit_code() == code
        assert terminal.echoes()
    assert "Traceback" not in terminal.screen
    assert not (cli.home / "credentials.json.enc").exists()


def test_deleting_asks_and_no_is_the_default(cli: Cli) -> None:
    cli.add("A", {"apiKey": API_KEY})
    with Terminal(cli, "credentials", "delete", "A") as terminal:
        terminal.wait_for("(y/N): ")
        terminal.type("\n")
        assert terminal.exit_code() == 0
    assert terminal.screen.splitlines()[-1] == "Nothing was changed."
    assert cli("credentials", "show", "A").code == 0
    with Terminal(cli, "credentials", "delete", "A") as terminal:
        terminal.wait_for("(y/N): ")
        terminal.type("y\n")
        assert terminal.exit_code() == 0


def test_a_locked_vault_asks_for_its_passphrase_and_shows_a_table(cli: Cli) -> None:
    cli.secrets.append("correct horse")
    named: dict[str, str | None] = {"LOOPI_VAULT_KEY": None, "LOOPI_VAULT_PASSPHRASE": "correct horse"}
    cli(
        *("credentials", "add", "--type", "apiKey", "--name", "A", "--stdin"),
        stdin=f'{{"apiKey": "{API_KEY}"}}',
        environ=named,
    )
    with Terminal(cli, "credentials", "list", LOOPI_VAULT_KEY=None) as terminal:
        terminal.wait_for("Passphrase of the vault: ")
        terminal.type("correct horse\n")
        assert terminal.exit_code() == 0
    assert "Name" in terminal.screen
    assert "correct horse" not in terminal.screen


def test_the_present_passphrase_is_asked_for_once(cli: Cli) -> None:
    cli.secrets += ["correct horse", "staple horse"]
    cli.add("A", {"apiKey": API_KEY})
    assert cli("vault", "passphrase", "set", "--new-stdin", stdin="correct horse").code == 0
    with Terminal(cli, "vault", "passphrase", "change", LOOPI_VAULT_KEY=None) as terminal:
        questions = ("Present passphrase: ", "New passphrase: ", "The same again: ")
        for question, answer in zip(
            questions, ("correct horse", "staple horse", "staple horse"), strict=True
        ):
            terminal.wait_for(question)
            terminal.type(f"{answer}\n")
        assert terminal.exit_code() == 0
    with Terminal(cli, "vault", "passphrase", "remove", LOOPI_VAULT_KEY=None) as terminal:
        terminal.wait_for("Present passphrase: ")
        terminal.type("correct horse\n")
        terminal.wait_for("That passphrase does not open this vault.")
        assert terminal.exit_code() == 3


def test_a_run_on_a_terminal_is_shown_live_and_stops_at_ctrl_c(cli: Cli) -> None:
    file = cli.file("long", {"id": "w", "type": "wait", "value": 30, "description": "A long wait"})
    with Terminal(cli, "run", file) as terminal:
        terminal.wait_for("A long wait")
        terminal.type("\x03")
        assert terminal.exit_code() == 130
    assert "Traceback" not in terminal.screen


def test_a_signal_that_does_not_end_the_read_ends_the_question() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", ASKS], stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT
    ) as asking:
        os.close(theirs)
        try:
            told, _ = asking.communicate(timeout=LIMIT_S)
        finally:
            asking.kill()
    os.close(ours)
    assert told == b"interrupted\n"


def test_without_a_terminal_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        with pytest.raises(UsageProblem) as caught:
            ask_text("Name", instead="Give it with --name.")
        assert (caught.value.code, caught.value.hint) == ("usage.no_terminal", "Give it with --name.")
        confirm("Sure?", is_yes=True)
        with pytest.raises(UsageProblem, match="no terminal"):
            confirm("Sure?", is_yes=False)


def test_a_name_in_a_question_cannot_steer_the_terminal(cli: Cli) -> None:
    file = Path(cli.file("evil", {"id": "w", "type": "wait", "value": 0}))
    document = {**json.loads(file.read_text()), "id": "evil", "name": "evil\x1b]0;pwned\x07"}
    file.write_text(json.dumps(document))
    assert cli("automations", "import", str(file)).code == 0
    with Terminal(cli, "automations", "delete", "evil") as terminal:
        terminal.wait_for("pwned\\x07")
        terminal.type("n\n")
        assert terminal.exit_code() == 0
    assert "\x1b]0" not in terminal.screen
