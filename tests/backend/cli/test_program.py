"""What holds for every command: usage errors, broken pipes, unexpected errors, the debug log, completion."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from servers.command_line import Cli


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",),
        ("run", "x.json", "--timeout", "-1"),
        ("credentials",),
        ("completion", "tcsh"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_so_on_stderr(cli: Cli, arguments: tuple[str, ...]) -> None:
    ended = cli(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err


def test_wrong_usage_with_json_is_one_object_on_stdout(cli: Cli) -> None:
    ended = cli("run", "--bogus", "--json")
    assert ended.code == 2
    assert ended.error == "usage.invalid"
    assert ended.err == ""


def test_without_arguments_the_help_is_shown(cli: Cli) -> None:
    ended = cli()
    assert ended.code == 0
    assert "Usage: loopi" in ended.out


def test_the_version_is_told_among_other_options(cli: Cli) -> None:
    assert cli("--no-color", "--version").out.startswith("loopi ")


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_a_completion_script_is_printed(cli: Cli, shell: str) -> None:
    ended = cli("completion", shell)
    assert ended.code == 0
    assert "_LOOPI_COMPLETE" in ended.out


def test_the_shell_gets_its_completions(cli: Cli) -> None:
    asked = {"_LOOPI_COMPLETE": "complete_bash", "COMP_WORDS": "loopi vault p", "COMP_CWORD": "2"}
    assert cli(environ=asked).out.split() == ["passphrase"]


def test_a_reader_that_closes_the_pipe_is_no_error(cli: Cli) -> None:
    cli.add("One", {"apiKey": cli.secrets[1], "apiUrl": "https://api.example.com/"})
    reading, writing = os.pipe()
    os.close(reading)
    lists = (("credentials", "list"), ("credentials", "list", "--json"))
    for arguments in (*lists, ("--help",), ("run", "--help"), ("completion", "bash"), ("--version",)):
        done = subprocess.run(
            cli.command(*arguments), stdout=writing, stderr=subprocess.PIPE, env=cli.environ(), check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
    os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_result_that_cannot_be_written_is_told_and_ends_with_1(cli: Cli) -> None:
    with Path("/dev/full").open("wb") as full:
        command = cli.command("run", cli.file("empty"), "--json")
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=cli.environ(), check=False)
    assert done.returncode == 1
    assert done.stderr == b"Error: The result could not be written: no space left on device.\n"


def test_streams_that_are_closed_are_no_error(cli: Cli) -> None:
    closing = "import os, sys; [os.close(n) for n in (0, 1, 2)]; os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", closing, *cli.command("run", cli.file("empty"))]
    assert subprocess.run(command, env=cli.environ(), check=False).returncode == 0


def test_a_folder_that_cannot_be_used_is_told(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = cli("credentials", "list", "--json", environ={"LOOPI_HOME": str(tmp_path / "file" / "home")})
    assert (ended.code, ended.error) == (2, "usage.no_folder")


def test_an_unexpected_error_is_one_line_and_its_details_are_in_the_log(cli: Cli, tmp_path: Path) -> None:
    # A folder in place of the schemas that come with the program: nothing of ours expects that.
    spoiled = tmp_path / "sitecustomize.py"
    spoiled.write_text("import backend.resources as r\ndel r.schemas\n")
    ended = cli("credentials", "types", "--json", environ={"PYTHONPATH": f"{tmp_path}"})
    assert ended.code == 1
    assert ended.error == "internal"
    assert len(ended.err.splitlines()) == 1
    log = cli.home / "logs" / "loopi.log"
    assert "AttributeError" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_the_debug_log_holds_no_secret(cli: Cli) -> None:
    cli.add("One", {"apiKey": cli.secrets[1], "apiUrl": "http://127.0.0.1:9/"})
    step = {"id": "a", "type": "apiCall", "method": "GET", "credentialId": "One"}
    file = cli.file("debug", {**step, "url": "{{credentials.apiUrl}}?k={{credentials.apiKey}}"})
    ended = cli("--debug", "run", file)
    assert ended.code == 1
    assert cli.secrets[1] not in ended.out + ended.err


def test_settings_that_are_broken_end_with_2(cli: Cli) -> None:
    cli.home.mkdir()
    (cli.home / "settings.json").write_text("{")
    ended = cli("run", cli.file("empty"), "--json")
    assert (ended.code, ended.error) == (2, "settings.invalid")
