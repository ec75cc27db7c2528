"""Examples in the help of every command."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from backend.cli.options import examples
from backend.cli.program import cli


def commands(found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - typer's own
    for name, command in found.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = dict(commands(typer.main.get_command(cli)))


def test_the_commands_are_those_of_the_contract() -> None:
    assert set(COMMANDS) == {
        "run",
        "daemon",
        "resume",
        "replay",
        "window",
        "import",
        "curl",
        "bundle export",
        "bundle import",
        "serve",
        "check",
        "completion",
        *(f"automations {verb}" for verb in ("list", "show", "import", "export", "delete")),
        *(
            f"credentials {verb}"
            for verb in ("types", "list", "show", "add", "edit", "rename", "delete", "restore", "test")
        ),
        *(f"history {verb}" for verb in ("list", "show", "export", "stop", "delete")),
        *(
            f"schedule {verb}"
            for verb in ("list", "add", "remove", "enable", "disable", "next", "run-pending")
        ),
        *(f"vault {verb}" for verb in ("status", "inspect", "restore", "start-anew")),
        *(f"vault passphrase {verb}" for verb in ("set", "change", "remove")),
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_sentence_and_an_example_of_itself(name: str) -> None:
    command = COMMANDS[name]
    assert command.help.strip().splitlines()[0].endswith(".")
    assert f"  loopi {name}" in command.epilog


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_takes_a_secret(name: str) -> None:
    parameters = [each for each in COMMANDS[name].params if each.param_type_name == "option"]
    taken = {option for each in parameters if not each.is_flag for option in each.opts}
    assert not [
        option for option in taken if any(word in option for word in ("pass", "secret", "key", "token"))
    ]


def test_one_example_and_several_are_named_so() -> None:
    assert examples("a").splitlines()[1:] == ["Example:", "  a"]
    assert examples("a", "b").splitlines()[1:] == ["Examples:", "  a", "  b"]
