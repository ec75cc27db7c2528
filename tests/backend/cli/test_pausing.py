"""`loopi run --break` on a terminal of its own."""

import contextlib
import os
import pty
import select
import signal
import subprocess
from collections.abc import Callable

import pytest

from servers.command_line import Cli

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
FIRST = {"id": "first", "type": "setVariable", "variableName": "x", "value": "seven"}
SECOND = {"id": "second", "type": "setVariable", "variableName": "y", "value": "eight"}
THIRD = {"id": "third", "type": "setVariable", "variableName": "z", "value": "nine"}


def on_terminal(
    cli: Cli, act: Callable[[subprocess.Popen[bytes], str], bytes | None], *breaks: str
) -> tuple[int, str]:
    """Run with a terminal; `act` is told the newest question and gives what is typed."""
    file = cli.file("plan", FIRST, SECOND, THIRD)
    ours, theirs = pty.openpty()
    command = cli.command("run", file, *(part for each in breaks for part in ("--break", each)))
    text = ""
    seen = 0
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=cli.environ()) as going:
        os.close(theirs)
        while select.select([ours], [], [], 60)[0]:
            try:
                text += os.read(ours, 4096).decode(errors="replace")
            except OSError:
                break
            if text.count("(c/s/q)") > seen and text.rstrip().endswith(":"):
                seen = text.count("(c/s/q)")
                typed = act(going, text)
                if typed:
                    os.write(ours, typed)
        with contextlib.suppress(subprocess.TimeoutExpired):
            going.wait(30)
        going.kill()
    os.close(ours)
    return going.returncode, text


def test_a_run_waits_shows_its_variables_and_steps(cli: Cli) -> None:
    answers = iter([b"s\n", b"c\n"])
    code, text = on_terminal(cli, lambda _going, _text: next(answers), "second")
    assert code == 0, text
    assert "Paused before second." in text
    assert "x = seven" in text
    assert "Paused before third." in text
    assert "z = nine" in text


def test_a_paused_run_is_stopped_by_an_answer_and_by_ctrl_c(cli: Cli) -> None:
    code, text = on_terminal(cli, lambda _going, _text: b"q\n", "second")
    assert (code, "y = eight" in text) == (130, False)

    def interrupt(going: subprocess.Popen[bytes], _text: str) -> None:
        going.send_signal(signal.SIGINT)

    code, text = on_terminal(cli, interrupt, "second")
    assert (code, "y = eight" in text) == (130, False)


def test_a_run_that_is_killed_while_it_waits_is_interrupted(cli: Cli) -> None:
    def kill(going: subprocess.Popen[bytes], _text: str) -> None:
        going.kill()

    on_terminal(cli, kill, "second")
    (row,) = cli("history", "list", "--json").json
    assert row["outcome"] == "interrupted"
    resumed = cli("resume", row["runId"], cli.file("plan", FIRST, SECOND, THIRD), "--json")
    assert [each["step_id"] for each in resumed.events if each["type"] == "StepFinished"] == [
        "second",
        "third",
    ]


def test_nobody_to_ask_is_said_before_anything_runs(cli: Cli) -> None:
    ended = cli("run", cli.file("plan", FIRST), "--break", "first", "--json")
    assert (ended.code, ended.error) == (2, "usage.no_terminal")
