"""`loopi daemon`, as a process."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from servers.command_line import Cli

WAIT = {"id": "w", "type": "wait", "value": 600}
GREET = {"id": "g", "type": "setVariable", "variableName": "t", "value": "hi"}


@contextmanager
def daemon(cli: Cli) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        cli.command("daemon"),
        env={**cli.environ(), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_it_runs_what_is_due_and_ends_with_ctrl_c(cli: Cli) -> None:
    cli("automations", "import", cli.file("greeting", GREET))
    cli("schedule", "add", "Greeting", "--on-start")
    with daemon(cli) as process:
        assert line(process) == "Greeting has started.\n"
        assert line(process) == "Greeting succeeded.\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


def test_it_cancels_what_goes_on_when_it_is_ended(cli: Cli) -> None:
    cli("automations", "import", cli.file("greeting", WAIT))
    cli("schedule", "add", "Greeting", "--on-start")
    with daemon(cli) as process:
        assert line(process) == "Greeting has started.\n"
        process.send_signal(signal.SIGTERM)
        assert line(process) == "Greeting cancelled.\n"
        assert process.wait(timeout=20) == 143


def test_a_second_one_is_told_of_the_first(cli: Cli) -> None:
    cli("automations", "import", cli.file("greeting", WAIT))
    cli("schedule", "add", "Greeting", "--on-start")
    with daemon(cli) as process:
        line(process)
        second = cli("daemon")
    assert second.code == 1
    assert "Another Loopi runs the schedules already." in second.err


@pytest.mark.skipif(os.name != "posix", reason="links need a right there")
@pytest.mark.parametrize("command", [["daemon"], ["schedule", "run-pending"]])
def test_a_link_in_the_place_of_the_lock_is_said_with_what_to_do(cli: Cli, command: list[str]) -> None:
    lock = cli.home / "schedules.lock"
    cli.home.mkdir()
    lock.symlink_to(cli.home / "victim")
    ended = cli(*command, "--json") if command != ["daemon"] else cli(*command)
    assert ended.code == 1
    assert f"The lock file {lock} cannot be used: it is a link." in ended.out + ended.err
    assert "unexpected" not in ended.err
    assert not (cli.home / "victim").exists()


def test_the_file_for_the_systems_own_start_is_written_and_shown(cli: Cli, tmp_path: Path) -> None:
    ended = cli("daemon", "--install", environ={"HOME": str(tmp_path)})
    written = tmp_path / ".config" / "systemd" / "user" / "loopi.service"
    assert ended.code == 0
    assert written.read_text() == ended.out
    assert f"LOOPI_HOME={cli.home}" in ended.out
    assert '"-P" "-m" "backend.cli" "daemon"' in ended.out
    assert "systemctl --user" in ended.err


@pytest.mark.parametrize("sign", ["\n", "\x1b", "\x01"])
def test_a_folder_with_a_control_character_is_refused_before_anything_is_made(cli: Cli, sign: str) -> None:
    home = cli.home.with_name(f"home{sign}x")
    for command in (["daemon", "--install", "--json"], ["credentials", "list", "--json"]):
        ended = cli(*command, environ={"LOOPI_HOME": str(home), "HOME": str(cli.home)})
        assert (ended.code, ended.error) == (2, "usage.bad_folder")
        assert sign not in ended.json["error"]["message"]
    assert list(cli.home.parent.iterdir()) == []
